package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.domain.rules.JobWindows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * A market with one requester, one provider with one large offer, and validators with equal bonds,
 * and the moves of honest parties in a job.
 */
final class JobRig {
  static final int TREASURY = 1;
  static final int REQUESTER = 2;
  static final int PROVIDER = 3;
  static final int FIRST_VALIDATOR = 4;
  static final int VALIDATORS = 7;
  static final int OUTSIDER = 11;
  static final long BOND = 100_000_000_000L;
  static final long PRICE = 2_000_000;
  static final long UNITS = 5_000_000;
  static final Hash32 SECRET = new Hash32(9, 9, 9, 9);
  static final Hash32 ROOT = new Hash32(5, 5, 5, 5);
  static final Hash32 OTHER_ROOT = new Hash32(6, 6, 6, 6);
  static final Hash32 ITEMS_ROOT = new Hash32(4, 4, 4, 4);
  static final Hash32 SALT = new Hash32(8, 8, 8, 8);
  static final Hash32 BODY = new Hash32(3, 3, 3, 3);
  static final long HELD_UNTIL_MS = Long.MAX_VALUE;
  static final Hash32 PROGRAM = new Hash32(1, 1, 1, 1);
  static final Hash32 INPUT = new Hash32(2, 2, 2, 2);

  /** How long validators have to seal a job of {@link #UNITS}. */
  static final long SEAL_WINDOW_MS = JobWindows.sealWindowMs(TestParameters.with(Map.of()), UNITS);

  final Rig rig;
  private final List<Event.ValidatorDrawn> drawn = new ArrayList<>();

  JobRig() {
    this(TestParameters.with(Map.of()));
  }

  JobRig(GenesisParameters parameters) {
    this(new Rig(parameters, Rig.LIMITS), VALIDATORS);
  }

  JobRig(Rig rig, int validators) {
    this.rig = rig;
    rig.activate();
    rig.done(PROVIDER, new Command.Bond(Role.PROVIDER.code(), BOND));
    for (int i = 0; i < validators; i++) {
      rig.done(FIRST_VALIDATOR + i, new Command.Bond(Role.VALIDATOR.code(), BOND));
    }
    rig.done(PROVIDER, new Command.PlaceOffer(1, PRICE, 1_000_000_000_000_000L));
  }

  // Commands.

  static Command.SubmitJob quorumJob(int validators) {
    return job(Tier.QUORUM, validators);
  }

  static Command.SubmitJob plainJob() {
    return job(Tier.NONE, 0);
  }

  private static Command.SubmitJob job(Tier tier, int validators) {
    return new Command.SubmitJob(
        PROGRAM,
        INPUT,
        Rig.hash(SECRET),
        1,
        3,
        tier.code(),
        validators,
        InputPolicy.VALIDATORS.code(),
        UNITS,
        PRICE,
        1_000_000_000L,
        60_000,
        0);
  }

  Command.CommitResult commitTo(long job, Hash32 root, long units) {
    return new Command.CommitResult(job, saltedResult(job, root, units), ITEMS_ROOT);
  }

  static Command.OpenResult opening(long job, Hash32 root, long units) {
    return new Command.OpenResult(
        job, root, units, SALT, BODY, HELD_UNTIL_MS, Hash32.ZERO, Hash32.ZERO);
  }

  Command.SealVerdict sealOf(
      long job, int round, int validator, Verdict verdict, Hash32 root, long units) {
    return new Command.SealVerdict(
        job, round, sealHash(job, round, validator, verdict, root, units));
  }

  static Command.OpenVerdict openingOf(
      long job, int round, Verdict verdict, Hash32 root, long units) {
    return new Command.OpenVerdict(job, round, verdict.code(), root, units, SALT);
  }

  // Moves.

  long submit(Command.SubmitJob job) {
    rig.done(REQUESTER, job);
    return rig.eventsOf(Event.JobSubmitted.class).getFirst().job();
  }

  /** A quorum job that waits for the beacon. */
  long submitUntilBeacon(int validators, Hash32 root, long units) {
    long job = submit(quorumJob(validators));
    rig.done(PROVIDER, commitTo(job, root, units));
    rig.done(REQUESTER, new Command.RevealSecret(job, SECRET));
    return job;
  }

  /** A quorum job whose validators are drawn. */
  long submitUntilDrawn(int validators, Hash32 root, long units) {
    long job = submitUntilBeacon(validators, root, units);
    draw();
    return job;
  }

  /** Opens a beacon slot and remembers who was drawn. */
  List<Event.ValidatorDrawn> draw() {
    rig.events.clear();
    assertThat(rig.beacon()).isZero();
    drawn.clear();
    drawn.addAll(rig.eventsOf(Event.ValidatorDrawn.class));
    return List.copyOf(drawn);
  }

  /** The validator drawn at {@code index} by the last draw. */
  int drawn(int index) {
    return drawn.get(index).validator();
  }

  /** The validators drawn by the last draw. */
  List<Integer> drawn() {
    return drawn.stream().map(Event.ValidatorDrawn::validator).toList();
  }

  void seal(long job, int round, int validator, Verdict verdict, Hash32 root, long units) {
    rig.done(validator, sealOf(job, round, validator, verdict, root, units));
  }

  void sealAll(long job, int round, Verdict verdict, Hash32 root, long units) {
    for (int validator : drawn()) {
      seal(job, round, validator, verdict, root, units);
    }
  }

  void open(long job, int round, int validator, Verdict verdict, Hash32 root, long units) {
    rig.done(validator, openingOf(job, round, verdict, root, units));
  }

  void openAll(long job, int round, Verdict verdict, Hash32 root, long units) {
    for (int validator : drawn()) {
      open(job, round, validator, verdict, root, units);
    }
  }

  void openResult(long job, Hash32 root, long units) {
    rig.done(PROVIDER, opening(job, root, units));
  }

  /** Lets log time pass and the ledger notice; returns the events. */
  List<Event> passMs(long durationMs) {
    rig.nowMs += durationMs;
    rig.events.clear();
    assertThat(rig.tick()).isZero();
    return List.copyOf(rig.events);
  }

  // Hashes by the specification, apart from the engine's.

  Hash32 saltedResult(long job, Hash32 root, long units) {
    Keccak keccak = tagged("UBC.rslt").putLong(job);
    return end(put(put(keccak, root).putLong(units), SALT));
  }

  Hash32 sealHash(long job, int round, int validator, Verdict verdict, Hash32 root, long units) {
    Keccak vote = new KeccakHash().begin().putBytes(ascii("UBC.vote"), 0, 8);
    Hash32 digest = end(put(vote, root).putLong(units));
    Keccak keccak = tagged("UBC.seal").putLong(job).putByte(round).putInt(0).putInt(validator);
    return end(put(put(keccak.putByte(verdict.code()), digest), SALT));
  }

  Hash32 seed(long job, int round, Hash32 salted, Hash32 preimage, Hash32 secret) {
    Keccak keccak = tagged("UBC.draw").putLong(job).putByte(round);
    return end(put(put(put(put(keccak, ITEMS_ROOT), salted), preimage), secret));
  }

  /** Of a pool of accounts, in order of their numbers, with their free validator bonds. */
  Hash32 pool(long job, int round, NavigableMap<Integer, Long> bonds) {
    Keccak keccak = tagged("UBC.pool").putLong(job).putByte(round);
    bonds.forEach((account, bond) -> keccak.putInt(account).putLong(bond));
    return end(keccak);
  }

  static Hash32 pick(Hash32 seed, int index) {
    Keccak keccak = new KeccakHash().begin().putBytes(ascii("UBC.pick"), 0, 8);
    return end(put(keccak, seed).putByte(index));
  }

  private Keccak tagged(String tag) {
    return put(new KeccakHash().begin().putBytes(ascii(tag), 0, 8), rig.genesisHash);
  }

  private static Keccak put(Keccak keccak, Hash32 hash) {
    return keccak.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }

  private static Hash32 end(Keccak keccak) {
    keccak.end();
    return keccak.digest();
  }

  private static byte[] ascii(String tag) {
    return tag.getBytes(StandardCharsets.US_ASCII);
  }
}
