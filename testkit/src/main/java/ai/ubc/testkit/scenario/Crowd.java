package ai.ubc.testkit.scenario;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobWindows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * More jobs, validators and deadlines at once than one entry serves: some 300 jobs wait for the
 * same beacon and expire together, round after round, with a hundred validators of which none ever
 * seals; the last are closed by hand. Then more jobs that wait than an account may have and than an
 * entry looks at, more offers, and more expired commands.
 */
public final class Crowd extends NetworkOfItsOwn {
  private static final int VALIDATORS = 100;
  private static final int REQUESTER = FIRST_FUNDED;
  private static final int PROVIDER = 3;
  private static final int FIRST_VALIDATOR = 4;
  private static final int ROUNDS = 3;
  private static final int OFFERS_PER_ACCOUNT = 64;
  private static final int FORGOTTEN_AT_ONCE = 64;
  private static final long FUNDS_MICROS = 1L << 50;
  private static final long UNITS_MAX = 1_000_000_000;
  private static final long BOND_MIN_MICROS = 1_000;
  private static final int WAITING_PER_ACCOUNT = 64;
  private static final int WAITING_REQUESTERS = 3;
  private static final long LOWEST_LIMIT = 5;
  private static final long SMALL_JOB = 1_000;

  // Beacons may take longer than secrets, and least bonds are small.
  private static final Map<String, ?> PARAMETERS =
      Map.of(
          "bondMinMicros",
          BOND_MIN_MICROS,
          "validatorsMin",
          1,
          "redrawsMax",
          ROUNDS - 1,
          "beaconWindowMs",
          10 * GenesisParameters.production().secretWindowMs());

  private final List<Step> steps = new ArrayList<>();
  private final Iterator<Step> rest;

  /**
   * A crowd on a network of its own.
   *
   * @param seed decides everything
   * @param keccak used by this crowd alone
   */
  public Crowd(long seed, Keccak keccak) {
    super(
        "crowd",
        seed,
        keccak,
        PARAMETERS,
        FIRST_VALIDATOR + VALIDATORS - 1,
        FUNDS_MICROS,
        3 * ROUNDS);
    write();
    rest = steps.iterator();
  }

  private void write() {
    network(new Step.ActivateRules(Genesis.RULES_VERSION));
    for (int account = FIRST_VALIDATOR; account < FIRST_VALIDATOR + VALIDATORS; account++) {
      give(account, new Command.Bond(Role.VALIDATOR.code(), dice.magnitude(FUNDS_MICROS)));
    }
    give(PROVIDER, new Command.Bond(Role.PROVIDER.code(), FUNDS_MICROS));
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, 1_000, parameters.unitsMax()));
    int jobs = (int) dice.between(270, 330);
    for (int job = 1; job <= jobs; job++) {
      submitAndCommit(job);
    }
    now += parameters.secretWindowMs();
    tickAll(jobs);
    for (int round = 0; round < ROUNDS; round++) {
      steps.add(beacon());
      steps.add(beacon());
      now += JobWindows.sealWindowMs(parameters, UNITS_MAX) - dice.below(2);
      tickAll(jobs);
      now += 1;
      tickAll(jobs);
    }
    now += parameters.openWindowMs();
    tickAll(jobs / 2);
    for (int job = 1; job <= jobs; job++) {
      give(dice.of(REQUESTER, PROVIDER, FIRST_VALIDATOR), new Command.CloseJob(job));
    }
    waitForOffers(jobs);
    fillTheBook();
    useNoncesAgain();
  }

  // In front wait 64 jobs that no offer here can carry, behind them those of others, at three
  // prices: what comes first in the book is looked at, and nothing behind it until some of that is
  // gone. Then a large offer takes 64 at once, the next bond some more, and the rest expires.
  private void waitForOffers(int jobsBefore) {
    give(PROVIDER, new Command.CancelOffer(1));
    for (int i = 0; i <= WAITING_PER_ACCOUNT; i++) {
      give(REQUESTER, waiting(LOWEST_LIMIT + 9, UNITS_MAX, 120_000));
    }
    for (int requester = FIRST_VALIDATOR;
        requester < FIRST_VALIDATOR + WAITING_REQUESTERS;
        requester++) {
      for (int i = 0; i < WAITING_PER_ACCOUNT; i++) {
        long limit = LOWEST_LIMIT + dice.below(3);
        give(requester, waiting(limit, dice.between(1, SMALL_JOB), dice.of(90_000L, 120_000L)));
      }
    }
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, LOWEST_LIMIT + 1, SMALL_JOB));
    int gone = (int) dice.between(1, 5);
    for (int i = 0; i < gone; i++) {
      give(REQUESTER, new Command.CancelJob(jobsBefore + 1 + dice.below(WAITING_PER_ACCOUNT)));
    }
    give(FIRST_VALIDATOR, new Command.Bond(Role.VALIDATOR.code(), 1));
    for (int i = 0; i < WAITING_PER_ACCOUNT; i++) {
      give(REQUESTER, new Command.CancelJob(jobsBefore + 1 + i));
    }
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, LOWEST_LIMIT, UNITS_MAX));
    give(FIRST_VALIDATOR, new Command.Bond(Role.VALIDATOR.code(), 1));
    give(PROVIDER, new Command.CancelOffer(3));
    now += 120_000;
    give(FIRST_VALIDATOR, new Command.CancelJob(jobsBefore + 1 + 2 * WAITING_PER_ACCOUNT));
    tickAll((1 + WAITING_REQUESTERS) * WAITING_PER_ACCOUNT);
    give(PROVIDER, new Command.PlaceOffer(Genesis.CLASS_WASI, 1_000, parameters.unitsMax()));
  }

  private Command waiting(long limitPriceMicros, long units, long waitMs) {
    return submission(dice.hash(), Tier.NONE, 0, units, limitPriceMicros, waitMs);
  }

  // Five accounts place as many small offers as they may, and one more; each time somebody tries to
  // reach the large offer behind them.
  private void fillTheBook() {
    for (int account = FIRST_VALIDATOR; account < FIRST_VALIDATOR + 5; account++) {
      long bond = (OFFERS_PER_ACCOUNT + dice.below(2)) * BOND_MIN_MICROS;
      give(account, new Command.Bond(Role.PROVIDER.code(), bond));
      for (int i = 0; i <= OFFERS_PER_ACCOUNT; i++) {
        give(account, new Command.PlaceOffer(Genesis.CLASS_WASI, 1, 1));
        give(REQUESTER, submission(dice.hash(), Tier.NONE, 0, 1_000));
      }
    }
  }

  // Expired commands are forgotten so many at a time: the nonce of the last that is forgotten is
  // free again, that of the next is not.
  private void useNoncesAgain() {
    now += parameters.notAfterMaxMs() + 1;
    tickAll(steps.size());
    long firstNonce = steps.size();
    for (int i = 0; i < 4 * FORGOTTEN_AT_ONCE; i++) {
      give(REQUESTER, new Command.CancelOffer(i), firstNonce + i, now + i);
    }
    now += 4 * FORGOTTEN_AT_ONCE + 1;
    for (long i = 1; i <= 3; i++) {
      long nonce = firstNonce + i * FORGOTTEN_AT_ONCE - dice.below(2);
      give(REQUESTER, new Command.CloseJob(i), nonce, now);
    }
  }

  private void submitAndCommit(int job) {
    Hash32 secret = dice.hash();
    int validators = (int) dice.between(1, 3);
    long units = dice.magnitude(UNITS_MAX);
    give(REQUESTER, submission(hashes.of(secret), Tier.QUORUM, validators, units));
    give(PROVIDER, new Command.CommitResult(job, dice.hash(), dice.hash()));
    if (dice.chance(80)) {
      give(REQUESTER, new Command.RevealSecret(job, secret));
    }
  }

  private Command submission(Hash32 secretHash, Tier tier, int validators, long units) {
    return submission(secretHash, tier, validators, units, 1_000, 0);
  }

  private Command submission(
      Hash32 secretHash,
      Tier tier,
      int validators,
      long units,
      long limitPriceMicros,
      long waitMs) {
    return new Command.SubmitJob(
        dice.hash(),
        dice.hash(),
        secretHash,
        Genesis.CLASS_WASI,
        1,
        tier.code(),
        validators,
        0,
        units,
        limitPriceMicros,
        Long.MAX_VALUE,
        parameters.runWindowMaxMs(),
        waitMs);
  }

  // One tick more than the deadlines need at 64 each.
  private void tickAll(int jobs) {
    for (int i = 0; i <= jobs / 64 + 1; i++) {
      network(new Step.Tick());
    }
  }

  private void network(Step.Call call) {
    steps.add(at(call));
  }

  private void give(int account, Command command) {
    now += dice.below(3) / 2;
    long notAfter = now + dice.between(0, parameters.notAfterMaxMs());
    give(account, command, steps.size(), notAfter);
  }

  private void give(int account, Command command, long nonce, long notAfterMs) {
    Command.Head head = new Command.Head(account, nonce, notAfterMs);
    steps.add(signed(owner(account), head, command));
  }

  /** How many entries there are. */
  public int length() {
    return steps.size();
  }

  @Override
  public Step next() {
    return rest.next();
  }

  /** Nothing here depends on what happened. */
  @Override
  public void observe(List<Event> events) {}
}
