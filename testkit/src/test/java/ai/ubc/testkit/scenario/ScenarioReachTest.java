package ai.ubc.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Event;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.StateMachine;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.twin.NaiveCapacity;
import ai.ubc.testkit.twin.NaiveLedger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the generated scenarios reach on the twin; money is conserved all along. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScenarioReachTest {
  private static final int SEEDS = 120;
  private static final int LENGTH = 400;
  private static final Subject TWIN =
      (genesis, hash, sink) ->
          new NaiveLedger(
              genesis, hash, new KeccakHash(), sink, new NaiveCapacity(14, 40, 12, 200, 70));

  private final Map<Integer, Integer> codes = new TreeMap<>();
  private final Map<String, Integer> changes = new TreeMap<>();
  private final Map<Integer, Integer> endings = new TreeMap<>();
  private final Set<Class<?>> eventKinds = new HashSet<>();
  private int repeats;

  @BeforeAll
  void runAll() {
    Comparison comparison = new Comparison(TWIN, TWIN, KeccakHash::new);
    for (int seed = 0; seed < SEEDS; seed++) {
      Comparison.Outcome outcome = comparison.run(seed, LENGTH);
      for (Step.Answer answer : outcome.answers()) {
        codes.merge(answer.code(), 1, Integer::sum);
        repeats += answer.originalSeq() == 0 ? 0 : 1;
      }
      outcome.events().forEach(this::count);
    }
  }

  private void count(Event event) {
    eventKinds.add(event.getClass());
    if (event instanceof Event.JobStateChanged change) {
      changes.merge(change.from() + ">" + change.to(), 1, Integer::sum);
    }
    if (event instanceof Event.JobClosed closed) {
      endings.merge(closed.ending(), 1, Integer::sum);
    }
  }

  @Test
  void everyRefusalOfTheLedgerIsMet() {
    Set<Refusal> missing = EnumSet.allOf(Refusal.class);
    missing.removeIf(refusal -> codes.containsKey(refusal.number()));
    assertThat(missing).containsExactlyInAnyOrder(Refusal.BAD_SIGNATURE, Refusal.SYSTEM_ONLY);
  }

  @Test
  void commandsAreRepeatedAndAnsweredAsBefore() {
    assertThat(repeats).isGreaterThan(100);
  }

  @Test
  void everyKindOfEventIsMet() {
    assertThat(eventKinds).hasSameSizeAs(Event.class.getPermittedSubclasses());
  }

  @Test
  void everyEndingAndEveryTransitionIsMet() {
    assertThat(endings).hasSameSizeAs(JobEnding.values());
    assertThat(new TreeSet<>(changes.keySet()))
        .containsExactlyInAnyOrder(
            "0>1", "0>9", "1>2", "1>6", "1>8", "2>3", "3>4", "3>6", "4>3", "4>5", "4>6", "5>7",
            "5>8", "6>7", "6>8", "7>8", "9>1", "9>8");
  }

  @Test
  void aCrowdIsDrawnRoundAfterRoundAndEnds() {
    Subject roomy =
        (genesis, hash, sink) ->
            new NaiveLedger(genesis, hash, new KeccakHash(), sink, NaiveCapacity.production());
    Comparison.Outcome crowd = new Comparison(roomy, roomy, KeccakHash::new).runCrowd(1);
    assertThat(crowd.answers())
        .extracting(Step.Answer::code)
        .contains(
            Refusal.LIMIT_REACHED.number(),
            Refusal.NO_OFFER.number(),
            Refusal.NONCE_REUSED.number());
    assertThat(crowd.events().stream().filter(Event.DrawMade.class::isInstance).count())
        .isGreaterThan(700);
  }

  @Test
  void aCrowdWaitsAndIsTaken64AtATime() {
    Crowd crowd = new Crowd(1, new KeccakHash());
    RecordedEvents recorded = new RecordedEvents();
    StateMachine ledger =
        new NaiveLedger(
            crowd.genesis(),
            crowd.genesisHash(),
            new KeccakHash(),
            recorded.sink(),
            NaiveCapacity.production());
    int queued = 0;
    List<Integer> takenAtOnce = new ArrayList<>();
    for (int seq = 1; seq <= crowd.length(); seq++) {
      crowd.next().applyTo(ledger, seq);
      Map<Integer, Long> froms =
          recorded.take().stream()
              .filter(Event.JobStateChanged.class::isInstance)
              .map(Event.JobStateChanged.class::cast)
              .filter(change -> change.to() == JobState.WAITING.code() || isTaken(change))
              .collect(Collectors.groupingBy(Event.JobStateChanged::from, Collectors.counting()));
      queued += froms.getOrDefault(0, 0L).intValue();
      if (froms.containsKey(JobState.WAITING.code())) {
        takenAtOnce.add(froms.get(JobState.WAITING.code()).intValue());
      }
    }
    assertThat(queued).isEqualTo(4 * 64);
    assertThat(takenAtOnce).hasSizeGreaterThanOrEqualTo(3).contains(64);
  }

  private static boolean isTaken(Event.JobStateChanged change) {
    return change.from() == JobState.WAITING.code() && change.to() == JobState.LEASED.code();
  }
}
