package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A ledger under test with a clock, signers and a beacon. Account n belongs to {@code owner(n)};
 * genesis gives accounts 2 to {@link #ACCOUNTS} money in both assets. Each command goes through
 * admission under a fresh nonce, encoded and decoded as in the log.
 */
final class Rig {
  static final int ACCOUNTS = 12;
  static final long FUNDS = 1_000_000_000_000L;
  static final int BEACON_SLOTS = 2_000;
  static final EngineLimits LIMITS = new EngineLimits(1_000, 200, 100, 100_000, 100);

  final Genesis genesis;
  final Hash32 genesisHash = new Hash32(1, 2, 3, 4);
  final List<Event> events = new ArrayList<>();
  final List<Entry> log = new ArrayList<>();
  private final EngineLimits limits;
  private final List<Hash32> preimages = new ArrayList<>();
  final Engine engine;
  long nowMs = 1_000_000;
  long seq;
  long nonce;

  Rig() {
    this(TestParameters.with(Map.of()), LIMITS);
  }

  Rig(GenesisParameters parameters, EngineLimits limits) {
    this.limits = limits;
    Hash32 hash = new Hash32(7, 7, 7, 7);
    for (int i = 0; i < BEACON_SLOTS; i++) {
      preimages.addFirst(hash);
      hash = hash(hash);
    }
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = 2; account <= ACCOUNTS; account++) {
      allocations.add(new Genesis.Allocation(owner(account), Asset.COMPUTE, FUNDS));
      allocations.add(new Genesis.Allocation(owner(account), Asset.UBC, FUNDS));
    }
    genesis =
        new Genesis("test", 0, Hash32.ZERO, 0, owner(1), owner(1), hash, parameters, allocations);
    engine = newEngine(new EventRecords(events::add));
  }

  /** Another engine of the same network before its first entry. */
  Engine newEngine(EventSink sink) {
    return new Engine(genesis, genesisHash, new KeccakHash(), sink, limits);
  }

  /** With the rules activated. */
  static Rig active() {
    Rig rig = new Rig();
    rig.activate();
    return rig;
  }

  Rig activate() {
    assertThat(activateRules(Genesis.RULES_VERSION)).isEqualTo(Refusal.DONE);
    return this;
  }

  static Address owner(int account) {
    return new Address(0xABCD_0000_0000_0000L + account, -account, -account);
  }

  GenesisParameters parameters() {
    return genesis.parameters();
  }

  // Entries.

  int activateRules(int version) {
    return run(Entry.activateRules(nowMs, version));
  }

  int tick() {
    return run(Entry.tick(nowMs));
  }

  int outage(long durationMs) {
    return run(Entry.outage(nowMs, durationMs));
  }

  /** Opens the next slot of the chain. */
  int beacon() {
    return beacon(engine.beaconSlot() + 1, preimage(engine.beaconSlot() + 1), Hash32.ZERO);
  }

  Hash32 preimage(long slot) {
    return preimages.get((int) slot - 1);
  }

  int beacon(long slot, Hash32 preimage, Hash32 nextHead) {
    return run(Entry.beacon(nowMs, slot, preimage, nextHead));
  }

  /** The account's owner gives a command; returns its code. */
  int give(int account, Command command) {
    return give(owner(account), account, command);
  }

  int give(Address signer, int account, Command command) {
    return give(signer, new Command.Head(account, ++nonce, nowMs + 60_000), command);
  }

  int give(Address signer, Command.Head head, Command command) {
    return run(Entry.user(nowMs, signer, head, command));
  }

  private int run(Entry entry) {
    log.add(entry);
    return entry.applyTo(engine, ++seq);
  }

  // Expectations.

  /** Gives a command that is carried out, and returns its events. */
  List<Event> done(int account, Command command) {
    events.clear();
    int code = give(account, command);
    assertThat(code).as("%s by %s", command, account).isEqualTo(Refusal.DONE);
    return List.copyOf(events);
  }

  /** Gives a command that is refused and changes nothing. */
  void refused(Refusal refusal, int account, Command command) {
    refused(refusal, owner(account), account, command);
  }

  void refused(Refusal refusal, Address signer, int account, Command command) {
    byte[] before = stateWithoutAdmission();
    events.clear();
    int code = give(signer, account, command);
    assertThat(code == 0 ? "DONE" : Refusal.of(code).name())
        .as("%s by %s", command, account)
        .isEqualTo(refusal.name());
    assertThat(events).isEmpty();
    assertThat(stateWithoutAdmission()).isEqualTo(before);
  }

  // Header and position in front, the remembered commands behind.
  private byte[] stateWithoutAdmission() {
    byte[] snapshot = Snapshots.of(engine);
    int tail = Integer.BYTES + engine.rememberedCommands() * 11 * Long.BYTES;
    return Arrays.copyOfRange(snapshot, 64, snapshot.length - tail);
  }

  // Reading.

  long free(int account) {
    return engine.balanceMicros(HolderKind.FREE, account, Asset.COMPUTE);
  }

  long bondOf(int account, Role role) {
    HolderKind kind = role == Role.PROVIDER ? HolderKind.BOND_PROVIDER : HolderKind.BOND_VALIDATOR;
    return engine.balanceMicros(kind, account, Asset.COMPUTE);
  }

  long burned() {
    return engine.balanceMicros(HolderKind.BURNED, 0, Asset.COMPUTE);
  }

  <T extends Event> List<T> eventsOf(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  // Hashes of honest parties, computed apart from the engine.

  static Hash32 hash(Hash32 value) {
    KeccakHash keccak = new KeccakHash();
    keccak.begin().putHash(value.word0(), value.word1(), value.word2(), value.word3()).end();
    return keccak.digest();
  }
}
