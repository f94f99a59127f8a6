package ai.ubc.domain;

import java.util.List;

/**
 * What a network starts from. Its hash (in {@code codec}) is the salt of every signature's domain,
 * so a command for one network is never valid on another.
 *
 * @param name the network's name, for people
 * @param chainId EIP-155 chain id of the signing domain; 0 while no chain is attached
 * @param salt random, so that two networks with equal numbers differ
 * @param createdMs Unix time of creation, milliseconds
 * @param treasury owner of account 1, which receives fees and remainders
 * @param notary the key by which the network vouches for what the ledger can not see: that a body
 *     is held, and what the root of the log is
 * @param beaconHead Keccak-256 of the first beacon preimage
 * @param parameters the network's numbers
 * @param allocations first balances; owners get accounts 2, 3, … in the order of their first
 *     mention
 */
public record Genesis(
    String name,
    long chainId,
    Hash32 salt,
    long createdMs,
    Address treasury,
    Address notary,
    Hash32 beaconHead,
    GenesisParameters parameters,
    List<Allocation> allocations) {

  /** The treasury's account number. */
  public static final int TREASURY_ACCOUNT = 1;

  /** The version of the rules that the first entry of a log activates. */
  public static final int RULES_VERSION = 1;

  /**
   * The resource class of metered WASI programs: those of {@code wasi/1}. Its number is that of the
   * rules, the meter table and the rewriting; another version is another class.
   */
  public static final int CLASS_WASI = 1;

  /**
   * A first balance.
   *
   * @param owner who gets it
   * @param asset an {@link Asset} number
   * @param amountMicros micro-units, positive
   */
  public record Allocation(Address owner, int asset, long amountMicros) {
    /** Refuses amounts that are not positive and assets that do not exist. */
    public Allocation {
      if (amountMicros <= 0) {
        throw new IllegalArgumentException("an allocation must be positive");
      }
      if (asset != Asset.UBC && asset != Asset.COMPUTE) {
        throw new IllegalArgumentException("there is no asset " + asset);
      }
    }
  }

  /** Most micro-units of one asset, so that no sum of balances overflows. */
  public static final long SUPPLY_MAX_MICROS = 1L << 62;

  /** Copies the allocations and refuses more than the greatest supply of an asset. */
  public Genesis {
    allocations = List.copyOf(allocations);
    long ubcLeft = SUPPLY_MAX_MICROS;
    long computeLeft = SUPPLY_MAX_MICROS;
    for (Allocation allocation : allocations) {
      if (allocation.asset() == Asset.UBC) {
        ubcLeft -= allocation.amountMicros();
      } else {
        computeLeft -= allocation.amountMicros();
      }
      if (ubcLeft < 0 || computeLeft < 0) {
        throw new IllegalArgumentException("genesis allocates more than 2^62 of an asset");
      }
    }
  }
}
