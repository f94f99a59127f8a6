package ai.ubc.sdk;

import ai.ubc.api.NetworkView;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;

/** Turns what a gateway says of its network into a network that is checked. */
final class NetworkMapper {
  private NetworkMapper() {}

  /**
   * The network, when the genesis has the hash that the gateway names.
   *
   * @throws GatewayProblem when it has another, or is no genesis
   */
  static Network checked(NetworkView view, String genesisJson) throws GatewayProblem {
    Genesis genesis = genesis(genesisJson);
    Hash32 hash = GenesisFile.hash(genesis);
    if (!hash.toString().equals(view.genesisHash())) {
      throw new GatewayProblem(
          GatewayProblem.GENESIS_MISMATCH,
          0,
          "the gateway names the genesis " + view.genesisHash() + " but serves " + hash,
          0,
          null);
    }
    return new Network(
        genesis, hash, new Eip712(genesis.chainId(), hash), view.limits().blobBytesMax());
  }

  private static Genesis genesis(String json) throws GatewayProblem {
    try {
      return GenesisFile.fromJson(json);
    } catch (IllegalArgumentException e) {
      throw new GatewayProblem(
          GatewayProblem.BAD_ANSWER, 0, "v1/genesis answered what is no genesis", 0, e);
    }
  }
}
