package ai.ubc.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import java.util.List;

/**
 * The genesis of a network for trying things out: windows of seconds, and a faucet whose key
 * everybody knows. A production genesis has neither.
 */
public final class DevelopmentGenesis {
  /**
   * The faucet's publicly known key: Keccak-256 of {@code UBC development faucet}. Worth nothing,
   * on purpose.
   */
  public static final KeyPair FAUCET =
      KeyPair.of(KeccakHash.of("UBC development faucet".getBytes(UTF_8)));

  private static final long FAUCET_UBC = 1_000_000L * Asset.MICROS;
  private static final long FAUCET_COMPUTE = 100_000_000L * Asset.MICROS;

  private DevelopmentGenesis() {}

  /** A genesis for development with the given random salt. */
  public static Genesis create(
      Hash32 salt, long unixTimeMs, Address treasury, Address notary, Hash32 beaconHead) {
    return new Genesis(
        "development",
        0,
        salt,
        unixTimeMs,
        treasury,
        notary,
        beaconHead,
        GenesisParameters.development(),
        List.of(
            new Genesis.Allocation(FAUCET.address(), Asset.UBC, FAUCET_UBC),
            new Genesis.Allocation(FAUCET.address(), Asset.COMPUTE, FAUCET_COMPUTE)));
  }

  /** Whether the network hands out tokens to whoever asks. */
  public static boolean hasFaucet(Genesis genesis) {
    return genesis.allocations().stream().anyMatch(a -> a.owner().equals(FAUCET.address()));
  }
}
