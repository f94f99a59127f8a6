package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import ai.ubc.testkit.ChangedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Entries on a network that is made for them: accounts of known owners with the same money, known
 * beacon preimages, and log time that passes as the entries want.
 */
abstract class NetworkOfItsOwn implements StepSource {
  /** The first account with money; the one before is the treasury. */
  static final int FIRST_FUNDED = 2;

  private static final int TREASURY = 1;
  private static final long START_MS = 1_000_000;

  final Dice dice;
  final Hashes hashes;
  final GenesisParameters parameters;

  /** Log time of the next entry, milliseconds. */
  long now = START_MS;

  private final long seed;
  private final Hash32 genesisHash;
  private final Genesis genesis;
  private final List<Hash32> preimages = new ArrayList<>();
  private int slot;

  /**
   * A network before its first entry.
   *
   * @param seed decides everything that is random
   * @param keccak used by this source alone
   * @param changes of the parameters of production, by name
   * @param lastFunded the last account with money
   * @param fundsMicros what each of them has, micro-COMPUTE
   * @param beacons how many slots can be opened
   */
  NetworkOfItsOwn(
      String name,
      long seed,
      Keccak keccak,
      Map<String, ?> changes,
      int lastFunded,
      long fundsMicros,
      int beacons) {
    this.seed = seed;
    dice = new Dice(seed);
    genesisHash = dice.hash();
    hashes = new Hashes(keccak, genesisHash);
    parameters = ChangedRecord.of(GenesisParameters.production(), changes);
    Hash32 head = dice.hash();
    for (int i = 0; i < beacons; i++) {
      preimages.addFirst(head);
      head = hashes.of(head);
    }
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = FIRST_FUNDED; account <= lastFunded; account++) {
      allocations.add(new Genesis.Allocation(owner(account), Asset.COMPUTE, fundsMicros));
    }
    Address treasury = owner(TREASURY);
    genesis =
        new Genesis(name, 0, genesisHash, 1, treasury, treasury, head, parameters, allocations);
  }

  /** To whom an account of genesis belongs. */
  static Address owner(int account) {
    return new Address(0, 0, account);
  }

  /** The entry of now. */
  final Step at(Step.Call call) {
    return new Step(now, call);
  }

  /** The entry of now by which the next beacon slot opens. */
  final Step beacon() {
    slot++;
    return at(new Step.Beacon(slot, preimages.get(slot - 1), Hash32.ZERO));
  }

  /** The entry of now in which somebody gives a command. */
  final Step signed(Address signer, Command.Head head, Command command) {
    return at(new Step.Signed(signer, head, hashes.of(head + " " + command), command));
  }

  @Override
  public final long seed() {
    return seed;
  }

  @Override
  public final Genesis genesis() {
    return genesis;
  }

  @Override
  public final Hash32 genesisHash() {
    return genesisHash;
  }
}
