package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Keccak;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A seeded sequence of log entries: jobs from offer to settlement with parties that are honest,
 * lying or silent, and among them wrong signers, boundary amounts, retries, reused nonces, late
 * messages and messages for other jobs. Ask for a step, carry it out, and show the events ({@link
 * #observe}) before asking for the next. The same seed and the same events give the same steps.
 */
public final class Scenario implements StepSource {
  private static final long START_MS = 1_700_000_000_000L;
  private static final int JOB_TRIES = 4;
  private static final int OFFER_CROWD_PERCENT = 85;
  private static final int MANDATE_CROWD_PERCENT = 80;
  private static final int WAITING_CROWD_PERCENT = 95;
  private static final int WAITING_JOBS = 6;
  private static final long NEAR_MS = 600_000;

  /**
   * What mostly happens in a scenario: ordinary trade, or a crowd of offers, of jobs, or of
   * mandates.
   *
   * @param jumpPercent how often time jumps to a deadline without need
   * @param openJobs how many jobs are wanted at once
   * @param hostilePercent how often a command is spoilt
   * @param preparePercent share of bonds, offers, transfers and registrations
   * @param mandatePercent how often, instead of what is left, something is done about mandates
   * @param submitPercent share of submissions while jobs are wanted
   * @param waitPercent how many submissions are meant to wait
   * @param waitingJobs how many of those may wait at once
   */
  private record Pace(
      int jumpPercent,
      int openJobs,
      int hostilePercent,
      int preparePercent,
      int mandatePercent,
      int submitPercent,
      int waitPercent,
      int waitingJobs) {}

  private final long seed;
  private final Dice dice;
  private final Hash32 genesisHash;
  private final Genesis genesis;
  private final Hashes hashes;
  private final BeaconChain beacons;
  private final World world;
  private final JobPlans plans;
  private final Trade trade;
  private final Delegation delegation;
  private final Succession succession;
  private final Hostility hostility;
  private final Pace pace;
  private final List<Step.Signed> given = new ArrayList<>();
  private long now = START_MS;
  private long lastNonce;
  private int steps;

  /**
   * A scenario on a network of its own.
   *
   * @param seed decides everything
   * @param keccak used by this scenario alone
   */
  public Scenario(long seed, Keccak keccak) {
    this.seed = seed;
    dice = new Dice(seed);
    genesisHash = dice.hash();
    hashes = new Hashes(keccak, genesisHash);
    beacons = new BeaconChain(dice, hashes);
    genesis = RandomGenesis.of(dice, beacons.freshHead());
    world = new World(genesis.beaconHead());
    plans = new JobPlans(dice, hashes);
    trade = new Trade(dice, world, plans, genesis.parameters());
    delegation = new Delegation(dice, world);
    succession = new Succession(dice, world, trade);
    hostility = new Hostility(dice, world);
    pace = pace();
  }

  private Pace pace() {
    return switch (dice.below(20)) {
      case 0, 1 -> new Pace(0, 3, 4, OFFER_CROWD_PERCENT, 4, 60, 20, WAITING_JOBS);
      case 2, 3 -> new Pace(0, 600, 2, 25, 4, 65, 10, WAITING_JOBS);
      case 4 -> new Pace(0, 3, 4, 12, MANDATE_CROWD_PERCENT, 30, 20, WAITING_JOBS);
      case 5 -> new Pace(0, 600, 2, 8, 4, 75, WAITING_CROWD_PERCENT, Integer.MAX_VALUE);
      default ->
          new Pace(
              dice.of(0, 1, 4),
              dice.of(1, 3, 10, 80),
              dice.of(0, 5, 15, 30),
              12,
              4,
              30,
              dice.of(0, 10, 30, 60),
              WAITING_JOBS);
    };
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public Hash32 genesisHash() {
    return genesisHash;
  }

  @Override
  public Step next() {
    steps++;
    Step.Call call = world.active ? call() : beforeGenesis();
    if (call instanceof Step.Signed signed) {
      given.add(signed);
    }
    return new Step(now, call);
  }

  @Override
  public void observe(List<Event> events) {
    events.forEach(event -> world.see(event, now));
  }

  private Step.Call beforeGenesis() {
    return switch (dice.below(12)) {
      case 0 -> new Step.ActivateRules(dice.of(0, 2, -1));
      case 1 -> new Step.Tick();
      case 2 -> beacons.open(world);
      case 3 -> new Step.RecordOutage(5);
      case 4 -> sign(dice.address(), 0, new Command.RegisterAccount(dice.address()));
      default -> new Step.ActivateRules(Genesis.RULES_VERSION);
    };
  }

  private Step.Call call() {
    passTime();
    int roll = dice.below(100);
    if (roll < 4 && !given.isEmpty()) {
      return again();
    }
    if (roll < 8) {
      return network();
    }
    roll -= 8;
    if (steps < 3 * world.owners.size() || roll < pace.preparePercent()) {
      return prepare();
    }
    roll -= pace.preparePercent();
    if (dice.chance(pace.mandatePercent())) {
      return delegate();
    }
    if (world.openJobs.size() - world.waiting() < pace.openJobs() && roll < pace.submitPercent()) {
      return submit();
    }
    return progress();
  }

  private Command submission(int requester) {
    boolean waits = world.waiting() < pace.waitingJobs() && dice.chance(pace.waitPercent());
    return waits ? trade.submitWaitingJob(requester) : trade.submitJob(requester);
  }

  // In a crowd of jobs that wait, most are of one account.
  private int requester() {
    boolean isCrowd = pace.waitPercent() == WAITING_CROWD_PERCENT;
    return isCrowd && dice.chance(70)
        ? richest(world.owners.keySet())
        : dice.of(world.owners.keySet());
  }

  private int richest(Set<Integer> accounts) {
    return accounts.stream()
        .max(Comparator.comparingLong(account -> world.free(account, Asset.COMPUTE)))
        .orElseThrow();
  }

  // One in five by a session key, mostly of a mandate that has not expired.
  private Step.Call submit() {
    List<World.Mandate> live =
        world.mandates.stream().filter(mandate -> mandate.terms.expiresMs() > now).toList();
    List<World.Mandate> among = live.isEmpty() || dice.chance(20) ? world.mandates : live;
    if (among.isEmpty() || !dice.chance(20)) {
      int requester = requester();
      return by(requester, submission(requester));
    }
    World.Mandate mandate = dice.of(among);
    int requester = mandate.terms.account();
    return sign(mandate.terms.key(), requester, submission(requester));
  }

  private void passTime() {
    int roll = dice.below(100);
    if (roll < pace.jumpPercent()) {
      jump();
    } else if (roll < 30) {
      now += dice.between(1, 5);
    } else if (roll < 35) {
      now += dice.between(1, 500);
    }
  }

  // To a deadline or an expiry, or a millisecond beside it.
  private void jump() {
    List<Long> targets = new ArrayList<>();
    world.openJobs.values().stream()
        .filter(job -> job.state != JobState.WAITING || job.deadlineMs - now < NEAR_MS)
        .forEach(job -> targets.add(job.deadlineMs));
    // So far that hardly any open job would live to see it.
    boolean isIdle = world.openJobs.isEmpty() || dice.chance(20);
    if (!world.mandates.isEmpty() && isIdle && dice.chance(5)) {
      targets.add(Math.max(now, world.mandates.getLast().terms.expiresMs()));
    }
    if (targets.isEmpty()) {
      world.openJobs.values().forEach(job -> targets.add(job.deadlineMs));
    }
    long earliest = targets.stream().mapToLong(Long::longValue).min().orElse(now + 1_000);
    long target = targets.isEmpty() || dice.chance(70) ? earliest : dice.of(targets);
    if (dice.chance(20) && !given.isEmpty()) {
      target =
          given.get(given.size() - 1 - dice.below(Math.min(9, given.size()))).head().notAfterMs();
    }
    long furthest = now + (1L << 32);
    now = Math.clamp(target + dice.of(-1, 0, 0, 1, 1), now, furthest);
  }

  private Step.Call network() {
    return switch (dice.below(10)) {
      case 0 -> new Step.RecordOutage(dice.of(0L, -1L, 1L, 60_000L, Long.MAX_VALUE));
      case 1 -> new Step.ActivateRules(dice.of(1, 2));
      case 2 -> new Step.Garbage();
      case 3, 4, 5 -> beacons.open(world);
      default -> new Step.Tick();
    };
  }

  private Step.Call prepare() {
    int account = dice.of(world.owners.keySet());
    if (pace.preparePercent() == OFFER_CROWD_PERCENT && dice.chance(90)) {
      return by(account, trade.placeCrowdedOffer());
    }
    if (dice.chance(10)) {
      return changeOwner(account);
    }
    return switch (dice.below(12)) {
      case 0 -> by(account, trade.transfer(account));
      case 1 -> unbond(account);
      case 2 -> by(account, trade.cancelOffer());
      case 3 -> register();
      case 4, 5, 6, 7 -> by(account, trade.bond(account));
      default -> by(account, trade.placeOffer());
    };
  }

  // An owner gives, extends or ends a mandate; or a key pays somebody, or tries something else.
  private Step.Call delegate() {
    if (world.mandates.isEmpty() || dice.chance(50)) {
      boolean isCrowd = pace.mandatePercent() == MANDATE_CROWD_PERCENT;
      int account =
          isCrowd && dice.chance(80) ? world.owners.firstKey() : dice.of(world.owners.keySet());
      return by(account, delegation.byOwner(account, now, isCrowd));
    }
    World.Mandate mandate = dice.chance(60) ? world.mandates.getLast() : dice.of(world.mandates);
    int account = mandate.terms.account();
    if (mandate.payees.isEmpty() && dice.chance(60)) {
      return by(account, delegation.allow(mandate));
    }
    Command command =
        switch (dice.below(12)) {
          case 0 -> trade.bond(account);
          case 1 -> delegation.byOwner(account, now, false);
          case 2 -> trade.transfer(account);
          case 3 -> trade.submitJob(account);
          default -> delegation.payment(mandate);
        };
    return sign(mandate.terms.key(), account, command);
  }

  // By one of the account's session keys, where it has any.
  private Step.Call byKey(int account, Command command) {
    List<World.Mandate> own = world.mandatesOf(account);
    if (own.isEmpty()) {
      return by(account, command);
    }
    World.Mandate mandate = dice.chance(70) ? own.getFirst() : dice.of(own);
    return sign(mandate.terms.key(), account, command);
  }

  // Who is named mostly accepts; now and then somebody named, or who was owner, tries to act.
  private Step.Call changeOwner(int anybody) {
    if (!world.nextOwners.isEmpty() && dice.chance(60)) {
      int account = dice.of(world.nextOwners.keySet());
      Address next = world.nextOwners.getOrDefault(account, Address.ZERO);
      return dice.chance(75)
          ? sign(next, account, new Command.AcceptOwner())
          : sign(next, dice.of(account, account, 0), succession.tried(account));
    }
    if (!world.formerOwners.isEmpty() && dice.chance(20)) {
      Address former = dice.of(world.formerOwners);
      return dice.chance(50)
          ? sign(former, 0, new Command.RegisterAccount(former))
          : sign(former, anybody, succession.tried(anybody));
    }
    return dice.chance(90)
        ? by(anybody, succession.naming(anybody))
        : by(anybody, new Command.AcceptOwner());
  }

  // Some unlock times are days, which no open job outlives, so it is done sometimes only.
  private Step.Call unbond(int anybody) {
    if (world.lastDuties.isEmpty() || dice.chance(60)) {
      return by(anybody, trade.unbond(anybody));
    }
    int account = dice.of(world.lastDuties.keySet());
    long unlocks =
        world.lastDuties.getOrDefault(account, now) + genesis.parameters().bondUnlockMs();
    now = Math.max(now, unlocks + dice.of(-2, -1, -1, 0, 0, 1));
    return by(account, trade.unbond(account));
  }

  private Step.Call register() {
    Address stranger = dice.chance(95) ? dice.address() : Address.ZERO;
    Address owner = dice.chance(70) ? stranger : dice.of(world.owners.values());
    Address signer = dice.chance(90) ? owner : dice.address();
    return sign(signer, 0, new Command.RegisterAccount(owner));
  }

  // The right next message of some job; where nobody is going to send one, time passes.
  private Step.Call progress() {
    for (int i = 0; i < JOB_TRIES && !world.openJobs.isEmpty(); i++) {
      Optional<Step.Call> call = message(dice.of(world.openJobs.values()));
      if (call.isPresent()) {
        return call.get();
      }
    }
    jump();
    if (world.jobs.isEmpty() || dice.chance(60)) {
      return new Step.Tick();
    }
    World.Job job =
        world.openJobs.isEmpty() ? dice.of(world.jobs) : dice.of(world.openJobs.values());
    return dice.chance(10)
        ? by(job.requester, new Command.CancelJob(job.number()))
        : by(dice.of(world.owners.keySet()), new Command.CloseJob(job.number()));
  }

  // Somebody takes it, it is taken back, its key is stopped, or time passes.
  private Optional<Step.Call> whileWaiting(World.Job job) {
    return switch (dice.below(12)) {
      case 0, 1, 2 -> {
        int provider = trade.providerFor(job);
        yield Optional.of(by(provider, trade.offerFor(job)));
      }
      case 3 -> {
        int account = dice.of(world.owners.keySet());
        yield Optional.of(by(account, trade.bond(account)));
      }
      case 4, 5 -> Optional.of(cancel(job));
      case 6, 7 ->
          job.mandate == 0
              ? Optional.empty()
              : Optional.of(by(job.requester, delegation.replace(world.mandate(job.mandate), now)));
      default -> Optional.empty();
    };
  }

  // By who may, by who may not, or too late.
  private Step.Call cancel(World.Job job) {
    Command cancel = new Command.CancelJob(job.number());
    return switch (dice.below(10)) {
      case 0 -> by(dice.of(world.owners.keySet()), cancel);
      case 1, 2 -> byKey(job.requester, cancel);
      case 3 -> {
        if (job.deadlineMs - now < NEAR_MS) {
          now = Math.max(now, job.deadlineMs + dice.of(-1, 0, 1));
        }
        yield by(job.requester, cancel);
      }
      default ->
          job.mandate == 0 || dice.chance(30)
              ? by(job.requester, cancel)
              : sign(world.mandate(job.mandate).terms.key(), job.requester, cancel);
    };
  }

  private Optional<Step.Call> message(World.Job job) {
    int provider = job.provider;
    return switch (job.state) {
      case WAITING -> whileWaiting(job);
      case LEASED -> plans.commit(job).map(command -> by(provider, command));
      case AWAITING_SECRET -> plans.reveal(job).map(command -> by(job.requester, command));
      case AWAITING_BEACON -> Optional.of(beacons.open(world));
      case SEALING -> {
        int judge = judge(job, pending -> !pending.sealed);
        yield plans.seal(job, judge).map(command -> by(judge, command));
      }
      case OPENING -> {
        int judge = judge(job, pending -> !pending.opened);
        yield !job.resultOpened && dice.chance(50)
            ? plans.openResult(job).map(command -> by(provider, command))
            : plans.openVerdict(job, judge).map(command -> by(judge, command));
      }
      case AWAITING_RESULT -> plans.openResult(job).map(command -> by(provider, command));
      case HELD, CLOSED -> Optional.empty();
    };
  }

  // Mostly one whose message is still missing.
  private int judge(World.Job job, Predicate<World.Judge> isPending) {
    List<World.Judge> pending = job.judges.stream().filter(isPending).toList();
    return dice.of(pending.isEmpty() || dice.chance(10) ? job.judges : pending).account;
  }

  // A retry, or another command under a nonce that was used.
  private Step.Call again() {
    Step.Signed before =
        dice.chance(70)
            ? given.get(given.size() - 1 - dice.below(Math.min(20, given.size())))
            : dice.of(given);
    if (dice.chance(70)) {
      return before;
    }
    Command command = hostility.mutate(before.command());
    return signed(before.signer(), before.head(), command);
  }

  private Step.Call by(int account, Command command) {
    Address owner = world.owners.get(account);
    Address signer = owner == null ? dice.address() : owner;
    if (dice.chance(3)) {
      return byKey(account, command);
    }
    if (!dice.chance(pace.hostilePercent())) {
      return sign(signer, account, command);
    }
    return switch (dice.below(8)) {
      case 0 -> sign(dice.of(dice.address(), dice.of(world.owners.values())), account, command);
      case 1 -> sign(signer, dice.of(0, -1, account + 1, Integer.MAX_VALUE), command);
      case 2 -> {
        int other = dice.of(world.owners.keySet());
        Address otherOwner = world.owners.get(other);
        yield sign(otherOwner == null ? signer : otherOwner, other, command);
      }
      case 3 -> sign(signer, 0, command);
      default -> sign(signer, account, hostility.mutate(command));
    };
  }

  private Step.Signed sign(Address signer, int account, Command command) {
    long most = genesis.parameters().notAfterMaxMs();
    long notAfter =
        dice.chance(pace.hostilePercent() / 2)
            ? dice.of(now - 1, now, now + most, now + most + 1, Long.MIN_VALUE, Long.MAX_VALUE)
            : now + dice.between(0, most);
    long nonce = dice.chance(2) ? dice.of(0L, -1L, lastNonce) : ++lastNonce;
    return signed(signer, new Command.Head(account, nonce, notAfter), command);
  }

  private Step.Signed signed(Address signer, Command.Head head, Command command) {
    Hash32 hash = hashes.of(head + " " + command);
    return new Step.Signed(signer, head, hash, command);
  }
}
