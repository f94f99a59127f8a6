package ai.ubc.testkit.scenario;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the parties and validators of each job are going to do: most are honest and present, some
 * lie, together or alone, and some stay silent.
 */
final class JobPlans {
  /** What most of a job's validators are going to say. */
  private enum Mood {
    HONEST,
    LYING,
    INVALID,
    UNAVAILABLE,
    SPLIT
  }

  private record Plan(
      boolean abandons,
      boolean hidesSecret,
      boolean hidesResult,
      int silentSealersPercent,
      int silentOpenersPercent,
      Mood mood,
      Hash32 root,
      long units,
      Hash32 salt,
      Hash32 body,
      Hash32 itemsRoot,
      Hash32 lie,
      long lieUnits) {}

  private record Duty(long job, int round, int validator) {}

  private record Vote(
      boolean seals, boolean opens, Verdict verdict, Hash32 root, long units, Hash32 salt) {}

  private final Dice dice;
  private final Hashes hashes;
  private final Map<Hash32, Hash32> secrets = new HashMap<>();
  private final Map<Long, Plan> plans = new HashMap<>();
  private final Map<Duty, Vote> votes = new HashMap<>();

  JobPlans(Dice dice, Hashes hashes) {
    this.dice = dice;
    this.hashes = hashes;
  }

  /** The hash of a fresh secret. */
  Hash32 freshSecretHash() {
    Hash32 secret = dice.hash();
    Hash32 hash = hashes.of(secret);
    secrets.put(hash, secret);
    return hash;
  }

  private Plan plan(World.Job job) {
    Plan known = plans.get(job.number());
    if (known == null) {
      known = newPlan(job);
      plans.put(job.number(), known);
    }
    return known;
  }

  private Plan newPlan(World.Job job) {
    long most = job.maxUnits;
    return new Plan(
        dice.chance(6),
        dice.chance(10),
        dice.chance(10),
        dice.of(0, 0, 10, 30, 60),
        dice.of(0, 0, 0, 0, 20, 50),
        dice.of(
            Mood.HONEST,
            Mood.HONEST,
            Mood.HONEST,
            Mood.HONEST,
            Mood.HONEST,
            Mood.LYING,
            Mood.LYING,
            Mood.INVALID,
            Mood.UNAVAILABLE,
            Mood.SPLIT),
        dice.hash(),
        dice.chance(4)
            ? most + 1
            : dice.of(most, most, 0L, dice.between(0, most), dice.magnitude(most)),
        dice.hash(),
        dice.hash(),
        dice.hash(),
        dice.hash(),
        dice.of(0L, most, most + 1, Long.MAX_VALUE, dice.between(0, most)));
  }

  Optional<Command> commit(World.Job job) {
    Plan plan = plan(job);
    if (plan.abandons()) {
      return Optional.empty();
    }
    Hash32 salted =
        dice.chance(4)
            ? dice.hash()
            : hashes.saltedResult(job.number(), plan.root(), plan.units(), plan.salt());
    return Optional.of(new Command.CommitResult(job.number(), salted, plan.itemsRoot()));
  }

  Optional<Command> reveal(World.Job job) {
    if (plan(job).hidesSecret()) {
      return Optional.empty();
    }
    Hash32 secret = secrets.getOrDefault(job.secretHash, Hash32.ZERO);
    return Optional.of(new Command.RevealSecret(job.number(), secret));
  }

  Optional<Command> openResult(World.Job job) {
    Plan plan = plan(job);
    if (plan.hidesResult() || job.resultOpened) {
      return Optional.empty();
    }
    return Optional.of(
        new Command.OpenResult(
            job.number(),
            plan.root(),
            plan.units(),
            plan.salt(),
            plan.body(),
            heldUntilMs(plan, job),
            Hash32.ZERO,
            Hash32.ZERO));
  }

  // Few receipts are too short, some of them by little.
  private static long heldUntilMs(Plan plan, World.Job job) {
    return switch ((int) (plan.salt().word0() & 0x3F)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> job.deadlineMs;
      default -> Long.MAX_VALUE;
    };
  }

  Optional<Command> seal(World.Job job, int validator) {
    Vote vote = vote(job, validator);
    if (!vote.seals()) {
      return Optional.empty();
    }
    Hash32 seal =
        hashes.seal(
            job.number(),
            job.round,
            validator,
            vote.verdict().code(),
            vote.root(),
            vote.units(),
            vote.salt());
    return Optional.of(new Command.SealVerdict(job.number(), job.round, seal));
  }

  Optional<Command> openVerdict(World.Job job, int validator) {
    Vote vote = vote(job, validator);
    if (!vote.opens()) {
      return Optional.empty();
    }
    return Optional.of(
        new Command.OpenVerdict(
            job.number(),
            job.round,
            vote.verdict().code(),
            vote.root(),
            vote.units(),
            vote.salt()));
  }

  private Vote vote(World.Job job, int validator) {
    Duty duty = new Duty(job.number(), job.round, validator);
    Vote known = votes.get(duty);
    if (known == null) {
      known = newVote(plan(job));
      votes.put(duty, known);
    }
    return known;
  }

  private Vote newVote(Plan plan) {
    boolean seals = !dice.chance(plan.silentSealersPercent());
    boolean opens = !dice.chance(plan.silentOpenersPercent());
    Mood mood = plan.mood() == Mood.SPLIT || dice.chance(8) ? dice.of(Mood.values()) : plan.mood();
    return switch (mood) {
      case HONEST -> new Vote(seals, opens, Verdict.DIGEST, plan.root(), plan.units(), dice.hash());
      case LYING ->
          new Vote(seals, opens, Verdict.DIGEST, plan.lie(), plan.lieUnits(), dice.hash());
      case INVALID ->
          new Vote(
              seals,
              opens,
              Verdict.INVALID,
              dice.of(Hash32.ZERO, dice.hash()),
              dice.of(0L, plan.units()),
              dice.hash());
      case UNAVAILABLE -> new Vote(seals, opens, Verdict.UNAVAILABLE, Hash32.ZERO, 0, dice.hash());
      // Half right: the root of the one, the units of the other.
      case SPLIT ->
          new Vote(seals, opens, Verdict.DIGEST, plan.root(), plan.lieUnits(), dice.hash());
    };
  }
}
