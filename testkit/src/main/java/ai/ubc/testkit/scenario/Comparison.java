package ai.ubc.testkit.scenario;

import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.ConservationAudit;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.StateMachine;
import ai.ubc.testkit.RecordedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Runs two ledgers side by side: after every entry they must have given the same answer and emitted
 * the same events, and the money of the first must be conserved. A difference is reported with its
 * seed and the shortest sequence of entries found that still shows one.
 */
public final class Comparison {
  private static final int RESTART_PERCENT = 2;
  private static final int ENTRIES_TO_SHORTEN_MAX = 300_000;

  /**
   * What a whole comparison saw.
   *
   * @param steps entries carried out
   * @param answers of each entry, in order
   * @param events all events, in order
   * @param report what the audit of the subject's events found at the end
   * @param subject the ledger that was compared, after the last entry
   */
  public record Outcome(
      List<Step> steps,
      List<Step.Answer> answers,
      List<Event> events,
      AuditReport report,
      StateMachine subject) {}

  /** A difference, with the entries that lead to it. */
  private record Difference(int index, String message) {}

  private final Subject subject;
  private final Subject reference;
  private final Supplier<Keccak> keccaks;

  /**
   * Compares {@code subject} with {@code reference}.
   *
   * @param keccaks makes a hash function for each scenario
   */
  public Comparison(Subject subject, Subject reference, Supplier<Keccak> keccaks) {
    this.subject = subject;
    this.reference = reference;
    this.keccaks = keccaks;
  }

  /**
   * Runs the scenario of a seed.
   *
   * @param length number of entries
   * @throws AssertionError when the ledgers differ or money is not conserved
   */
  public Outcome run(long seed, int length) {
    return run(new Scenario(seed, keccaks.get()), length);
  }

  /**
   * Runs the crowd of a seed to its end.
   *
   * @throws AssertionError when the ledgers differ or money is not conserved
   */
  public Outcome runCrowd(long seed) {
    Crowd crowd = new Crowd(seed, keccaks.get());
    return run(crowd, crowd.length());
  }

  /**
   * Runs the entries of a source, at most so many.
   *
   * @throws AssertionError when the ledgers differ or money is not conserved
   */
  public Outcome run(StepSource scenario, int length) {
    Pair pair = new Pair(scenario.genesis(), scenario.genesisHash(), scenario.seed());
    List<Step> steps = new ArrayList<>();
    List<Step.Answer> answers = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    while (steps.size() < length && !scenario.isOver()) {
      Step step = scenario.next();
      steps.add(step);
      Optional<String> difference = pair.apply(step);
      if (difference.isPresent()) {
        throw failure(scenario, steps, difference.get());
      }
      answers.add(pair.answer);
      events.addAll(pair.events);
      scenario.observe(pair.events);
    }
    return new Outcome(steps, answers, events, pair.audit.report(), pair.leftLedger);
  }

  private AssertionError failure(StepSource scenario, List<Step> steps, String difference) {
    List<Step> shortest = shorten(scenario, steps);
    StringBuilder text =
        new StringBuilder(
            "seed " + scenario.seed() + ", entry " + steps.size() + ": " + difference);
    text.append("\nparameters ").append(scenario.genesis().parameters());
    text.append("\nallocations ").append(scenario.genesis().allocations());
    text.append("\ntreasury ").append(scenario.genesis().treasury());
    text.append("\nshortest sequence found, ").append(shortest.size()).append(" entries:");
    for (int i = 0; i < shortest.size(); i++) {
      text.append("\n  ").append(i + 1).append(' ').append(shortest.get(i));
    }
    first(scenario, shortest).ifPresent(found -> text.append("\nthen: ").append(found.message()));
    return new AssertionError(text.toString());
  }

  // Leaves out halves, quarters, … single entries as long as the ledgers still differ; bounded by
  // the entries that it carries out.
  private List<Step> shorten(StepSource scenario, List<Step> steps) {
    List<Step> shortest = steps;
    int entries = 0;
    for (int chunk = steps.size() / 2; chunk >= 1; chunk = chunk / 2) {
      int from = 0;
      while (from < shortest.size() && entries < ENTRIES_TO_SHORTEN_MAX) {
        List<Step> candidate = new ArrayList<>(shortest);
        candidate.subList(from, Math.min(shortest.size(), from + chunk)).clear();
        entries += candidate.size();
        Optional<Difference> found = first(scenario, candidate);
        if (found.isPresent()) {
          shortest = candidate.subList(0, found.get().index() + 1);
        } else {
          from += chunk;
        }
      }
    }
    return shortest;
  }

  private Optional<Difference> first(StepSource scenario, List<Step> steps) {
    Pair pair = new Pair(scenario.genesis(), scenario.genesisHash(), scenario.seed());
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> difference = pair.apply(steps.get(i));
      if (difference.isPresent()) {
        return Optional.of(new Difference(i, difference.get()));
      }
    }
    return Optional.empty();
  }

  /** The two ledgers and the audit of the first. */
  private final class Pair {
    private final Genesis genesis;
    private final Hash32 genesisHash;
    private final SplittableRandom restarts;
    private final RecordedEvents left = new RecordedEvents();
    private final RecordedEvents right = new RecordedEvents();
    private final ConservationAudit audit = new ConservationAudit();
    private StateMachine leftLedger;
    private StateMachine rightLedger;
    private long seq;
    private Step.Answer answer = new Step.Answer(0, 0);
    private List<Event> events = List.of();

    Pair(Genesis genesis, Hash32 genesisHash, long seed) {
      this.genesis = genesis;
      this.genesisHash = genesisHash;
      restarts = new SplittableRandom(seed);
      leftLedger = subject.create(genesis, genesisHash, RecordedEvents.tee(left.sink(), audit));
      rightLedger = reference.create(genesis, genesisHash, right.sink());
    }

    Optional<String> apply(Step step) {
      seq++;
      audit.begin(seq, step.timeMs());
      Object leftAnswer = answerOf(step, leftLedger);
      audit.end(leftAnswer instanceof Step.Answer given ? given.code() : 0);
      Object rightAnswer = answerOf(step, rightLedger);
      events = left.take();
      List<Event> expected = right.take();
      if (!(leftAnswer instanceof Step.Answer known) || !known.equals(rightAnswer)) {
        return Optional.of(step + ": answered " + leftAnswer + ", expected " + rightAnswer);
      }
      if (!events.equals(expected)) {
        return Optional.of(
            step + ":\n  emitted" + lines(events) + "\n  expected" + lines(expected));
      }
      if (!audit.isClean()) {
        return Optional.of(step + ": " + audit.violations() + lines(events));
      }
      answer = known;
      if (restarts.nextInt(100) < RESTART_PERCENT) {
        leftLedger =
            subject.restart(
                leftLedger, genesis, genesisHash, RecordedEvents.tee(left.sink(), audit));
      }
      return Optional.empty();
    }

    // A ledger that throws answers with what it threw.
    private Object answerOf(Step step, StateMachine ledger) {
      try {
        return step.applyTo(ledger, seq);
      } catch (RuntimeException broken) {
        return broken.toString() + " at " + broken.getStackTrace()[0];
      }
    }

    private static String lines(List<Event> events) {
      StringBuilder text = new StringBuilder();
      events.forEach(event -> text.append("\n    ").append(event));
      return text.toString();
    }
  }
}
