package ai.ubc.testkit.evidence;

import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.EntryApplier;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.evidence.JobEvents;
import ai.ubc.codec.evidence.Pool;
import ai.ubc.codec.evidence.PoolTrail;
import ai.ubc.codec.evidence.Receipt;
import ai.ubc.codec.evidence.ReceiptAssembly;
import ai.ubc.codec.evidence.ReceiptSource;
import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.codec.tree.TreeHash;
import ai.ubc.codec.tree.TreeHead;
import ai.ubc.codec.tree.TreeNodes;
import ai.ubc.codec.tree.TreeProofs;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger in memory with everything around it that is signed: a log of entries, its records, its
 * tree, and a notary. Accounts are known by their numbers: the treasury is 1, those of genesis
 * follow. The same calls make the same bytes. One thread.
 */
public final class LoggedNetwork implements ReceiptSource {
  /** A requester with money. */
  public static final int REQUESTER = 2;

  /** A provider with money. */
  public static final int PROVIDER = 3;

  /** The first of nine validators with money. */
  public static final int VALIDATORS = 4;

  /** The first account that genesis does not open. */
  public static final int STRANGERS = 13;

  private static final long MILLION = 1_000_000;
  private static final int NOTARY = 200;

  private final Genesis genesis;
  private final Eip712 domain;
  private final EventEncoder encoder = new EventEncoder(new ExpandableArrayBuffer(4_096));
  private final StateMachine machine;
  private final EntryApplier applier;
  private final List<JournalRecord> records = new ArrayList<>();
  private final List<List<Event>> events = new ArrayList<>();
  private final PoolTrail trail;
  private final Map<List<Long>, Pool> pools = new HashMap<>();
  private final TreeHead head = new TreeHead();
  private final Map<List<Long>, Hash32> nodes = new HashMap<>();
  private final Map<Integer, KeyPair> newKeys = new HashMap<>();
  private final byte keySeed;
  private long nonce;
  private long nowMs = 1_000_000;
  private long slot;

  /** Makes the ledger of a network. */
  @FunctionalInterface
  public interface Ledgers {
    /** A ledger of this genesis that writes its events to the sink. */
    StateMachine open(Genesis genesis, Hash32 genesisHash, EventSink sink);
  }

  /**
   * A network whose first entry has activated the rules.
   *
   * @param keySeed networks with different seeds have different keys
   */
  public LoggedNetwork(GenesisParameters parameters, int keySeed, Ledgers ledgers) {
    this.keySeed = (byte) keySeed;
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = REQUESTER; account < STRANGERS; account++) {
      allocations.add(
          new Genesis.Allocation(key(account).address(), Asset.COMPUTE, 1_000 * MILLION));
    }
    genesis =
        new Genesis(
            "logged",
            0,
            new Hash32(keySeed, 1, 1, 1),
            1,
            key(Genesis.TREASURY_ACCOUNT).address(),
            key(NOTARY).address(),
            JobHashes.secretHash(preimage(1)),
            parameters,
            allocations);
    Hash32 hash = GenesisFile.hash(genesis);
    domain = new Eip712(0, hash);
    trail = new PoolTrail(parameters, hash);
    machine = ledgers.open(genesis, hash, encoder);
    applier = new EntryApplier(machine, new KeccakHash());
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    network(buffer, CommandCodec.activateRules(buffer, 0, Genesis.RULES_VERSION));
  }

  // The preimages are a chain of nothing: each beacon names the next head.
  private static Hash32 preimage(long ofSlot) {
    return new Hash32(7, 7, 7, ofSlot);
  }

  /** The network's genesis. */
  public Genesis genesis() {
    return genesis;
  }

  /** Log time now, milliseconds. */
  public long nowMs() {
    return nowMs;
  }

  /** Its hash. */
  public Hash32 fingerprint() {
    return GenesisFile.hash(genesis);
  }

  /** The key of an account, known by the number it has or will have. */
  public KeyPair key(int account) {
    byte[] secret = new byte[Hash32.BYTES];
    Arrays.fill(secret, keySeed);
    secret[Hash32.BYTES - 1] = (byte) account;
    return KeyPair.of(secret);
  }

  /** Signs a command, a millisecond later; it must be carried out. */
  public void give(int account, Command command) {
    boolean isNew = command instanceof Command.RegisterAccount;
    give(newKeys.getOrDefault(account, key(account)), isNew ? 0 : account, command);
  }

  /** The account's owner names the key with this number, and that takes the account over. */
  public void changeOwner(int account, int newKey) {
    KeyPair next = key(newKey);
    give(account, new Command.NameOwner(next.address()));
    give(next, account, new Command.AcceptOwner());
    newKeys.put(account, next);
  }

  /** Signs a command for an account with a key that need not own it. */
  public void give(KeyPair signer, int account, Command command) {
    nowMs++;
    Command.Head commandHead = new Command.Head(account, ++nonce, nowMs + 1_000);
    byte[] sent = LogEntry.sign(domain, signer, commandHead, command);
    append(LogEntry.admit(domain, sent).orElseThrow());
  }

  /** Opens the account of the key that is known by this number, which must be the next. */
  public void register(int account) {
    give(account, new Command.RegisterAccount(key(account).address()));
    give(PROVIDER, new Command.Transfer(account, Asset.COMPUTE, 100 * MILLION));
  }

  /** Time passes unseen: the network does not tick. */
  public void idle(long ms) {
    nowMs += ms;
  }

  /** Time passes, with a tick at its end. */
  public void pass(long ms) {
    idle(ms);
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    network(buffer, CommandCodec.tick(buffer, 0));
  }

  /** The beacon opens its next slot. */
  public void beacon() {
    nowMs++;
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    slot++;
    Hash32 next = JobHashes.secretHash(preimage(slot + 1));
    network(buffer, CommandCodec.beacon(buffer, 0, slot, preimage(slot), next));
  }

  private void network(UnsafeBuffer buffer, int length) {
    append(LogEntry.system(buffer, 0, length));
  }

  private void append(byte[] entry) {
    long seq = records.size() + 1L;
    encoder.reset();
    int code = applier.apply(seq, nowMs, new UnsafeBuffer(entry), 0, entry.length);
    if (code != Refusal.DONE) {
      throw new IllegalStateException("entry " + seq + " was refused: " + Refusal.of(code));
    }
    byte[] encoded = new byte[encoder.length()];
    encoder.buffer().getBytes(0, encoded);
    JournalRecord record = new JournalRecord(seq, nowMs, code, 0, entry, encoded);
    records.add(record);
    List<Event> decoded = new ArrayList<>();
    EventDecoder.dispatch(encoder.buffer(), 0, encoded.length, new EventRecords(decoded::add));
    events.add(decoded);
    decoded.forEach(this::follow);
    head.append(
        TreeHash.leaf(record.leaf()),
        (level, index, hash) -> nodes.put(List.of((long) level, index), hash));
  }

  private void follow(Event event) {
    Optional<Pool> drawnFrom = trail.follow(event);
    if (event instanceof Event.DrawMade made) {
      pools.put(List.of(made.job(), (long) made.round()), drawnFrom.orElseThrow());
    }
  }

  /** The notary's receipt for a result, put into the provider's opening of it. */
  public Command.OpenResult opening(long job, Hash32 root, long units, Hash32 salt, Hash32 body) {
    GenesisParameters p = genesis.parameters();
    BodyReceipt receipt =
        new BodyReceipt(
            job, root, units, body, nowMs + 10_000 + p.openWindowMs() + p.disputeWindowMs());
    Signatures.Compact signature = receipt.sign(domain, key(NOTARY));
    return new Command.OpenResult(
        job, root, units, salt, body, receipt.heldUntilMs(), signature.r(), signature.vs());
  }

  /** The validators of a job's last draw, in order. */
  public List<Integer> drawn(long job) {
    List<Integer> drawn = new ArrayList<>();
    for (Event event : events.stream().flatMap(List::stream).toList()) {
      switch (event) {
        case Event.DrawMade e when e.job() == job -> drawn.clear();
        case Event.ValidatorDrawn e when e.job() == job -> drawn.add(e.validator());
        default -> {}
      }
    }
    return drawn;
  }

  /** The receipt of a job, as of now. */
  public Receipt receipt(long job) {
    LogRoot root = new LogRoot(head.size(), head.root(), records.getLast().logTimeMs());
    TreeNodes stored =
        (level, index) -> Objects.requireNonNull(nodes.get(List.of((long) level, index)));
    return ReceiptAssembly.of(
        job, genesis, root, root.sign(domain, key(NOTARY)), this, new TreeProofs(stored));
  }

  @Override
  public List<Long> ofJob(long job) {
    return seqs(event -> JobEvents.jobOf(event) == job);
  }

  @Override
  public OptionalLong ofOffer(long order) {
    return first(event -> event instanceof Event.OfferPlaced placed && placed.order() == order);
  }

  @Override
  public OptionalLong ofAccount(int account) {
    return first(
        event -> event instanceof Event.AccountRegistered opened && opened.account() == account);
  }

  @Override
  public OptionalLong ofMandate(int account, Address key, long upTo) {
    return seqs(event ->
            event instanceof Event.MandateGranted granted
                && granted.account() == account
                && granted.key().equals(key))
        .stream()
        .mapToLong(Long::longValue)
        .filter(seq -> seq <= upTo)
        .max();
  }

  @Override
  public List<Long> ofOwners(int account) {
    return seqs(
        event -> event instanceof Event.OwnerChanged changed && changed.account() == account);
  }

  @Override
  public OptionalLong ofNaming(int account, long upTo) {
    return seqs(event -> event instanceof Event.OwnerNamed named && named.account() == account)
        .stream()
        .mapToLong(Long::longValue)
        .filter(seq -> seq <= upTo)
        .max();
  }

  @Override
  public OptionalLong ofBeacon(long ofSlot) {
    return first(event -> event instanceof Event.BeaconOpened opened && opened.slot() == ofSlot);
  }

  private OptionalLong first(Predicate<Event> wanted) {
    return seqs(wanted).stream().mapToLong(Long::longValue).findFirst();
  }

  private List<Long> seqs(Predicate<Event> wanted) {
    List<Long> seqs = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).stream().anyMatch(wanted)) {
        seqs.add(i + 1L);
      }
    }
    return seqs;
  }

  @Override
  public Optional<Pool> ofRound(long job, int round) {
    return Optional.ofNullable(pools.get(List.of(job, (long) round)));
  }

  @Override
  public JournalRecord record(long seq) {
    return records.get((int) seq - 1);
  }
}
