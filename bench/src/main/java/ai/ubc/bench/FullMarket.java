package ai.ubc.bench;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import ai.ubc.engine.Engine;
import ai.ubc.engine.EngineLimits;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The market in which matching has most to do (JOB-008): as many jobs wait as an entry looks at, as
 * many offers stand as a job looks at, of which only the last can carry one, and every validator
 * has the network's least bond, which is too small for any of the jobs. So each job is looked at to
 * the end and none is taken. The parameters are those of production.
 */
final class FullMarket {
  /** Jobs that wait in vain. */
  static final int WAITING = 64;

  /** Offers on the book. */
  static final int OFFERS = 256;

  private static final int VALIDATORS_OF_A_JOB = 3;
  private static final int OFFERS_PER_ACCOUNT = 64;
  private static final int REQUESTER = 2;
  private static final int LAST_PROVIDER = 3;
  private static final int FIRST_PROVIDER = 4;
  private static final int FIRST_VALIDATOR = FIRST_PROVIDER + OFFERS / OFFERS_PER_ACCOUNT;
  private static final long FUNDS_MICROS = 1L << 46;
  private static final long BOND_OF_ALL_JOBS_MICROS = 1L << 45;
  private static final long UNITS = 10_000_000_000L;
  private static final long FIRST_PRICE_MICROS = 1_000_000;
  private static final long LIMIT_PRICE_MICROS = FIRST_PRICE_MICROS + OFFERS;
  private static final Hash32 SOME_HASH = new Hash32(1, 2, 3, 4);

  private final GenesisParameters parameters = GenesisParameters.production();
  private final EventEncoder events = new EventEncoder(new UnsafeBuffer(new byte[1 << 20]));
  private final Engine engine;
  private long nowMs = 1_000_000;
  private long seq;
  private long lastOrder;

  /** A market with so many validators that could be drawn for a smaller job, at least 3. */
  FullMarket(int validators) {
    List<Genesis.Allocation> allocations = new ArrayList<>();
    for (int account = REQUESTER; account < FIRST_VALIDATOR + validators; account++) {
      allocations.add(new Genesis.Allocation(owner(account), Asset.COMPUTE, FUNDS_MICROS));
    }
    Genesis genesis =
        new Genesis(
            "market", 0, SOME_HASH, 1, owner(1), owner(1), SOME_HASH, parameters, allocations);
    engine = new Engine(genesis, SOME_HASH, new KeccakHash(), events, EngineLimits.standard());
    carryOut(new Step(nowMs, new Step.ActivateRules(Genesis.RULES_VERSION)));
    for (int i = 0; i < validators; i++) {
      give(FIRST_VALIDATOR + i, bond(Role.VALIDATOR, parameters.bondMinMicros()));
    }
    placeOffers();
    for (int i = 0; i < WAITING; i++) {
      give(REQUESTER, job());
    }
    require(engine.openJobs() == WAITING, "all jobs should wait");
  }

  // The providers of all offers but the last have bonds for their offers, but for no job.
  private void placeOffers() {
    long tooSmallMicros = OFFERS_PER_ACCOUNT * parameters.bondMinMicros();
    long price = JobAmounts.priceHeldRoundedUp(parameters, UNITS, FIRST_PRICE_MICROS);
    require(
        tooSmallMicros < JobAmounts.dutyBondRoundedUp(parameters, price),
        "least bonds should be too small for a job");
    for (int account = FIRST_PROVIDER; account < FIRST_VALIDATOR; account++) {
      give(account, bond(Role.PROVIDER, tooSmallMicros));
    }
    for (int i = 0; i < OFFERS - 1; i++) {
      give(FIRST_PROVIDER + i / OFFERS_PER_ACCOUNT, offer(FIRST_PRICE_MICROS + i, UNITS));
    }
    give(LAST_PROVIDER, bond(Role.PROVIDER, BOND_OF_ALL_JOBS_MICROS));
    give(LAST_PROVIDER, offer(FIRST_PRICE_MICROS + OFFERS - 1, WAITING * UNITS));
    lastOrder = OFFERS;
  }

  private static Address owner(int account) {
    return new Address(0, 0, account);
  }

  private static Command bond(Role role, long amountMicros) {
    return new Command.Bond(role.code(), amountMicros);
  }

  private static Command offer(long priceMicros, long units) {
    return new Command.PlaceOffer(Genesis.CLASS_WASI, priceMicros, units);
  }

  private Command job() {
    return new Command.SubmitJob(
        SOME_HASH,
        SOME_HASH,
        SOME_HASH,
        Genesis.CLASS_WASI,
        1,
        Tier.QUORUM.code(),
        VALIDATORS_OF_A_JOB,
        InputPolicy.VALIDATORS.code(),
        UNITS,
        LIMIT_PRICE_MICROS,
        Long.MAX_VALUE,
        parameters.runWindowMaxMs(),
        JobWindows.WAIT_MAX_MS);
  }

  /** The entry in which an offer comes that stands behind all others; after it they all wait. */
  Step nextOffer() {
    lastOrder++;
    return signed(LAST_PROVIDER, offer(LIMIT_PRICE_MICROS, UNITS));
  }

  /** The entry in which the offer that came last leaves. */
  Step lastOfferLeaves() {
    return signed(LAST_PROVIDER, new Command.CancelOffer(lastOrder));
  }

  /** How many bytes of events the entry gave, which must be carried out; it may be timed. */
  int carryOut(Step step) {
    events.reset();
    require(step.applyTo(engine, ++seq).code() == Refusal.DONE, "refused: " + step);
    return events.length();
  }

  /** Gives just enough validators bonds for all jobs; returns how many jobs are then taken. */
  int endTheWait() {
    for (int i = 0; i < VALIDATORS_OF_A_JOB; i++) {
      require(taken() == 0 && engine.openJobs() == WAITING, "a job was taken before it could be");
      give(FIRST_VALIDATOR + i, bond(Role.VALIDATOR, BOND_OF_ALL_JOBS_MICROS));
    }
    return taken();
  }

  private int taken() {
    RecordedEvents recorded = new RecordedEvents();
    EventDecoder.dispatch(events.buffer(), 0, events.length(), recorded.sink());
    return Math.toIntExact(
        recorded.take().stream().filter(Event.JobSubmitted.class::isInstance).count());
  }

  private void give(int account, Command command) {
    carryOut(signed(account, command));
  }

  // Valid for this millisecond only, so that it is forgotten at once.
  private Step signed(int account, Command command) {
    nowMs++;
    Hash32 hash = new Hash32(nowMs, nowMs, nowMs, nowMs);
    Command.Head head = new Command.Head(account, nowMs, nowMs);
    return new Step(nowMs, new Step.Signed(owner(account), head, hash, command));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
