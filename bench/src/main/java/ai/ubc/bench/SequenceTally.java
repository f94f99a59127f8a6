package ai.ubc.bench;

import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import ai.ubc.engine.job.TransitionTable;
import ai.ubc.testkit.scenario.Comparison;
import ai.ubc.testkit.scenario.Step;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What sequences came to, counted: commands, refusals, events, transitions. One thread. */
final class SequenceTally {
  private static final int DONE = 0;
  private static final int REPEATED = 1;
  private static final int REFUSED = 2;

  private final TransitionTable table = new TransitionTable();
  private final long[] taken = new long[table.size()];
  private final Map<String, long[]> commands = new TreeMap<>();
  private final Map<Integer, Long> refusals = new TreeMap<>();
  private final Map<String, Long> events = new TreeMap<>();
  private long entries;

  /** Counts what an engine's table has taken since it was made. */
  void addTransitions(TransitionTable of) {
    for (int row = 0; row < taken.length; row++) {
      taken[row] += of.timesTaken(row);
    }
  }

  void add(Comparison.Outcome outcome) {
    entries += outcome.steps().size();
    for (int i = 0; i < outcome.steps().size(); i++) {
      Step.Answer answer = outcome.answers().get(i);
      int kind =
          answer.originalSeq() != 0 ? REPEATED : answer.code() == Refusal.DONE ? DONE : REFUSED;
      commands.computeIfAbsent(name(outcome.steps().get(i)), name -> new long[3])[kind]++;
      if (kind == REFUSED) {
        refusals.merge(answer.code(), 1L, Long::sum);
      }
    }
    for (Event event : outcome.events()) {
      events.merge(event.getClass().getSimpleName(), 1L, Long::sum);
    }
  }

  private static String name(Step step) {
    return step.call() instanceof Step.Signed signed
        ? signed.command().getClass().getSimpleName()
        : step.call().getClass().getSimpleName();
  }

  long entries() {
    return entries;
  }

  void print(PrintStream out) {
    out.printf("%-18s %12s %12s %12s%n", "command", "carried out", "refused", "repeated");
    commands.forEach((name, counts) ->
        out.printf(
            "%-18s %12d %12d %12d%n", name, counts[DONE], counts[REFUSED], counts[REPEATED]));
    out.printf("%n%-24s %12s%n", "refusal", "times");
    refusals.forEach((code, count) -> out.printf("%-24s %12d%n", Refusal.of(code).name(), count));
    out.printf("%n%-24s %12s%n", "event", "times");
    events.forEach((name, count) -> out.printf("%-24s %12d%n", name, count));
    out.printf("%n%-72s %12s%n", "transition", "times");
    for (int row = 0; row < taken.length; row++) {
      out.printf("%-72s %12d%n", table.describe(row), taken[row]);
    }
    out.println();
    out.println("refusals never met: " + neverRefused());
    out.println("events never met: " + neverEmitted());
    out.println("transitions never taken: " + neverTaken());
  }

  private List<String> neverRefused() {
    return Arrays.stream(Refusal.values())
        .filter(refusal -> !refusals.containsKey(refusal.number()))
        .map(Refusal::name)
        .toList();
  }

  private List<String> neverEmitted() {
    return Arrays.stream(Event.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .filter(name -> !events.containsKey(name))
        .toList();
  }

  /** The transitions that no sequence took. */
  List<String> neverTaken() {
    List<String> never = new ArrayList<>();
    for (int row = 0; row < taken.length; row++) {
      if (taken[row] == 0) {
        never.add(table.describe(row));
      }
    }
    return never;
  }
}
