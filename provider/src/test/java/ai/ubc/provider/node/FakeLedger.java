package ai.ubc.provider.node;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Command;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.sdk.BodyHold;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ledger and a store of bodies in memory, which answer what a test says. From any thread. */
final class FakeLedger implements Ledger, BodyStore, SealedJobs {
  static final Hash32 GENESIS = new Hash32(11, 12, 13, 14);
  static final int ACCOUNT = 7;

  private final Map<Hash32, byte[]> bodies = new HashMap<>();
  private final List<Command> given = new ArrayList<>();
  private final Deque<UbcException> failures = new ArrayDeque<>();
  private final Deque<UbcException> bodyFailures = new ArrayDeque<>();
  private final Set<Long> over = new HashSet<>();
  private final Set<Long> unknown = new HashSet<>();
  private List<Duty> duties = List.of();
  private List<Offer> offers = List.of();
  private Purse purse = new Purse(0, 0);
  private KeyPair owner = key(ACCOUNT);
  private Lease lease = new Lease(ACCOUNT, owner.address());
  private List<Integer> drawn = List.of();
  private final Map<Integer, ReaderKey> readerKeys = new HashMap<>();
  private final Map<Integer, WrappedKey> left = new HashMap<>();
  private int account = ACCOUNT;
  private long logTimeMs = 1_000;
  private long seq = 100;
  private long lastAfter;
  private int reads;
  private int fetches;
  private boolean away;
  private @Nullable Consumer<Command> onGive;

  /** Stores a body; its name. */
  synchronized Hash32 store(byte[] body) {
    Hash32 name = Sha256.of(body);
    bodies.put(name, body);
    return name;
  }

  synchronized void drop(Hash32 body) {
    bodies.remove(body);
  }

  synchronized boolean has(Hash32 body) {
    return bodies.containsKey(body);
  }

  synchronized byte[] body(Hash32 name) {
    return bodies.getOrDefault(name, new byte[0]);
  }

  synchronized void agendaIs(Duty... now) {
    duties = List.of(now);
    seq++;
  }

  synchronized void offersAre(Offer... now) {
    offers = List.of(now);
  }

  synchronized void purseIs(long freeMicros, long bondMicros) {
    purse = new Purse(freeMicros, bondMicros);
  }

  synchronized void timeIs(long ms) {
    logTimeMs = ms;
  }

  synchronized void isOverNow(long job) {
    over.add(job);
  }

  /** The ledger was restored to a state from before the job. */
  synchronized void isUnknownNow(long job) {
    unknown.add(job);
  }

  /** The next call fails so, whatever it is. */
  synchronized void failNext(UbcException failure) {
    failures.add(failure);
  }

  /** From now on every call fails, or none, as if the gateway were away, or back. */
  synchronized void isAway(boolean now) {
    away = now;
  }

  /** The next fetch of a body fails so. */
  synchronized void failNextBody(UbcException failure) {
    bodyFailures.add(failure);
  }

  /** Told every command before it is taken. */
  synchronized void onGive(Consumer<Command> watcher) {
    onGive = watcher;
  }

  synchronized List<Command> given() {
    return List.copyOf(given);
  }

  synchronized Command lastGiven() {
    return given.getLast();
  }

  synchronized long seq() {
    return seq;
  }

  synchronized long lastAfter() {
    return lastAfter;
  }

  synchronized int reads() {
    return reads;
  }

  synchronized int fetches() {
    return fetches;
  }

  /** The key of an account's owner. */
  static KeyPair key(int account) {
    return KeyPair.of(new Hash32(0, 0, 0, account).bytes());
  }

  static Eip712 network() {
    return new Eip712(0, GENESIS);
  }

  static ReaderSecret secret(int account) {
    return ReaderSecret.of(key(account), GENESIS);
  }

  /** From now on the node is that of this account. */
  synchronized void accountIs(int now) {
    account = now;
    owner = key(now);
  }

  synchronized void leaseIs(int provider) {
    lease = new Lease(provider, key(provider).address());
  }

  /** These are drawn, and have published their keys. */
  synchronized void drawnAre(Integer... validators) {
    drawn = List.of(validators);
    for (int validator : validators) {
      readerKeys.put(validator, secret(validator).statement(network(), validator));
    }
  }

  /** The account has published no key. */
  synchronized void readsNoKeys(int validator) {
    readerKeys.remove(validator);
  }

  synchronized Map<Integer, WrappedKey> keysLeft() {
    return Map.copyOf(left);
  }

  static LedgerRefused refused(Refusal refusal, long seq) {
    return new LedgerRefused(refusal, seq, 409, "no");
  }

  static GatewayProblem problem(String code, int status) {
    return new GatewayProblem(code, status, "no", 0, null);
  }

  private void failIfTold() throws UbcException {
    if (away) {
      throw new GatewayUnreachable("away", null);
    }
    UbcException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public synchronized int account() {
    return account;
  }

  @Override
  public synchronized ReaderSecret secret() {
    return ReaderSecret.of(owner, GENESIS);
  }

  @Override
  public Eip712 domain() {
    return network();
  }

  @Override
  public synchronized Lease lease(long job) throws UbcException {
    failIfTold();
    return lease;
  }

  @Override
  public synchronized List<WrappedKey> left(long job) throws UbcException {
    failIfTold();
    return Optional.ofNullable(left.get(account)).stream().toList();
  }

  @Override
  public synchronized List<Integer> drawn(long job) throws UbcException {
    failIfTold();
    if (unknown.contains(job)) {
      throw problem("UNKNOWN_JOB", 404);
    }
    return drawn;
  }

  @Override
  public synchronized Optional<ReaderKey> readerKey(int reader) throws UbcException {
    failIfTold();
    return Optional.ofNullable(readerKeys.get(reader));
  }

  @Override
  public synchronized void leave(long job, int reader, WrappedKey key) throws UbcException {
    failIfTold();
    left.put(reader, key);
  }

  @Override
  public String owner() {
    return "0xowner";
  }

  @Override
  public Hash32 genesisHash() {
    return GENESIS;
  }

  @Override
  public GenesisParameters parameters() {
    return GenesisParameters.development();
  }

  @Override
  public synchronized long logTimeMs() {
    return logTimeMs;
  }

  @Override
  public synchronized Agenda agenda(long after) throws UbcException {
    lastAfter = after;
    reads++;
    failIfTold();
    return new Agenda(seq, duties);
  }

  @Override
  public synchronized Purse purse(Role role, long after) throws UbcException {
    failIfTold();
    return purse;
  }

  @Override
  public synchronized Read<List<Offer>> offers(long after) throws UbcException {
    failIfTold();
    return new Read<>(offers, seq);
  }

  @Override
  public synchronized boolean isOver(long job) throws UbcException {
    failIfTold();
    return over.contains(job) || unknown.contains(job);
  }

  @Override
  public synchronized long give(Command command) throws UbcException {
    if (onGive != null) {
      onGive.accept(command);
    }
    failIfTold();
    given.add(command);
    seq++;
    return seq;
  }

  @Override
  public synchronized void get(Hash32 sha256, Path file, long bytesMax) throws UbcException {
    fetches++;
    UbcException failure = bodyFailures.poll();
    if (failure != null) {
      throw failure;
    }
    byte[] body = bodies.get(sha256);
    if (body == null) {
      throw problem(GatewayProblem.UNKNOWN_BODY, 404);
    }
    if (body.length > bytesMax) {
      throw problem(GatewayProblem.BODY_TOO_LARGE, 0);
    }
    try {
      Files.write(file, body);
    } catch (IOException e) {
      throw new LocalFault("write", e);
    }
  }

  @Override
  public synchronized BodyHold receipt(long job, Hash32 sha256) throws UbcException {
    failIfTold();
    if (!bodies.containsKey(sha256)) {
      throw problem(GatewayProblem.BODY_MISSING, 409);
    }
    return new BodyHold(logTimeMs + 100, new Signatures.Compact(new Hash32(1, 1, 1, job), sha256));
  }

  @Override
  public synchronized void put(Path file, Hash32 sha256) throws UbcException {
    failIfTold();
    try {
      bodies.put(sha256, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new LocalFault("read", e);
    }
  }
}
