package ai.ubc.sdk;

import ai.ubc.codec.Eip712;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;

/**
 * A network that a client is connected to; the genesis was checked to have the hash.
 *
 * @param genesis what the network started from
 * @param genesisHash its hash, which salts every signature
 * @param domain the signing domain
 * @param blobBytesMax most bytes of a body that the gateway takes
 */
public record Network(Genesis genesis, Hash32 genesisHash, Eip712 domain, long blobBytesMax) {
  /** The network's numbers. */
  public GenesisParameters parameters() {
    return genesis.parameters();
  }
}
