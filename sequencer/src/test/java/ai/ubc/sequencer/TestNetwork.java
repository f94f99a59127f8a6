package ai.ubc.sequencer;

import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalReader;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.link.Ack;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A network of one node in a directory of its own, with entries to send and a journal to read. */
final class TestNetwork {
  private static final KeyPair KEY = KeyPair.of(new Hash32(0, 0, 0, 77).bytes());
  static final int BEACON_LINKS = 4;
  static final long PATIENCE_MS = 120_000;
  private static final long LOOK_PAUSE_NS = 5_000_000;
  private static final long SLOWNESS = 10;
  private static final int LOOKS_MAX = 24_000;

  /** A journal record as values. */
  record Line(
      long seq, long logTimeMs, int code, long originalSeq, String entry, List<Event> events) {}

  private final Path directory;
  private final Genesis genesis;
  private final ClusterPorts ports;
  private final Eip712 domain;

  private TestNetwork(Path directory, Genesis genesis, ClusterPorts ports) {
    this.directory = directory;
    this.genesis = genesis;
    this.ports = ports;
    this.domain = new Eip712(genesis.chainId(), GenesisFile.hash(genesis));
  }

  static TestNetwork in(Path directory) throws IOException {
    return in(directory, ClusterPorts.free());
  }

  static TestNetwork in(Path directory, ClusterPorts ports) throws IOException {
    BeaconChain chain =
        BeaconChain.openOrCreate(
            DataDirectory.beacon(directory), BEACON_LINKS, new SecureRandom(new byte[] {1}));
    Genesis genesis =
        new Genesis(
            "test",
            0,
            new Hash32(9, 9, 9, 9),
            1,
            new Address(1, 1, 1),
            KEY.address(),
            chain.head(),
            GenesisParameters.development(),
            List.of());
    return new TestNetwork(directory, genesis, ports);
  }

  Genesis genesis() {
    return genesis;
  }

  SequencerConfig config() {
    return SequencerConfig.local(directory, genesis, FakeLedger.factory(), ports)
        .withBeaconLinks(BEACON_LINKS);
  }

  /** The same with time so slow that no restart is an outage, however busy the machine is. */
  static SequencerConfig slowly(SequencerConfig config) {
    LongSupplier wall = config.clock();
    return config.withClock(() -> wall.getAsLong() / SLOWNESS);
  }

  SequencerNode start() throws IOException {
    return SequencerNode.start(slowly(config()), PATIENCE_MS);
  }

  SequencerNode startInTime() throws IOException {
    return SequencerNode.start(config(), PATIENCE_MS);
  }

  static LedgerLink link(SequencerNode node) throws IOException {
    return LedgerLink.open(
        LinkConfig.sharing(
            node.driverDirectory(), node.ingressEndpoints(), node.gatewayCredentials()));
  }

  byte[] transfer(long nonce, long amountMicros) {
    return entry(nonce, new Command.Transfer(2, 2, amountMicros));
  }

  byte[] entry(long nonce, Command command) {
    byte[] sent = LogEntry.sign(domain, KEY, new Command.Head(1, nonce, 1), command);
    return LogEntry.admit(domain, sent).orElseThrow();
  }

  /** An opening whose receipt the notary signed, for a body that is held until then. */
  byte[] opening(long signedUntilMs, long saidUntilMs) {
    Hash32 some = new Hash32(1, 1, 1, 1);
    Signatures.Compact signature =
        new BodyReceipt(1, some, 1, some, signedUntilMs).sign(domain, KEY);
    return entry(
        1,
        new Command.OpenResult(1, some, 1, some, some, saidUntilMs, signature.r(), signature.vs()));
  }

  byte[] job(long nonce, long runWindowMs) {
    Hash32 some = new Hash32(1, 1, 1, 1);
    return entry(
        nonce, new Command.SubmitJob(some, some, some, 1, 1, 0, 0, 0, 1, 1, 1, runWindowMs, 0));
  }

  /** Submits transfers with these nonces and waits for all answers. */
  void transferAll(LedgerLink link, int fromNonce, int toNonce) throws Exception {
    List<CompletableFuture<Ack>> answers = new ArrayList<>();
    for (int nonce = fromNonce; nonce <= toNonce; nonce++) {
      answers.add(link.submit(transfer(nonce, nonce)));
    }
    for (CompletableFuture<Ack> answer : answers) {
      await(answer);
    }
  }

  static Ack await(CompletableFuture<Ack> answer) throws Exception {
    return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  /** Waits for a condition, looking a bounded number of times. */
  static void until(BooleanSupplier condition) {
    for (int look = 0; look < LOOKS_MAX; look++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(LOOK_PAUSE_NS);
    }
    throw new AssertionError("the condition did not come true");
  }

  List<Line> journal() {
    List<Line> lines = new ArrayList<>();
    Hash32 hash = GenesisFile.hash(genesis);
    try (JournalReader reader = JournalReader.open(DataDirectory.journal(directory), hash, 1)) {
      reader.poll(
          (seq, time, code, original, buffer, entryAt, entryLength, eventsAt, eventsLength) -> {
            byte[] entry = new byte[entryLength];
            buffer.getBytes(entryAt, entry);
            List<Event> events = new ArrayList<>();
            EventDecoder.dispatch(buffer, eventsAt, eventsLength, new EventRecords(events::add));
            lines.add(new Line(seq, time, code, original, HexFormat.of().formatHex(entry), events));
          },
          Integer.MAX_VALUE);
    }
    return lines;
  }

  List<Event> events() {
    return journal().stream().flatMap(line -> line.events().stream()).toList();
  }
}
