package ai.ubc.provider.node;

import ai.ubc.codec.job.BundleLimits;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form in which a run's result is digested and stored. Total and the same on every machine:
 * provider and validators both use it, so whatever a program leaves, all find one digest.
 *
 * <ul>
 *   <li>Units of admission, which a runtime charges once, are the first item's.
 *   <li>A file that a result bundle can not hold (by its name, or because there are too many) is
 *       left out, and its item counts as having exceeded what it may write.
 * </ul>
 */
final class ResultForm {
  private ResultForm() {}

  /** The items of a job that nobody can run. */
  static List<ItemOutput> invalid(int items) {
    return Collections.nCopies(items, ItemOutput.invalid());
  }

  /** The items of a run. */
  static List<ItemOutput> of(RunResult result) {
    long admission = result.units();
    // The manifest, and standard output and error of each item.
    int entriesLeft = BundleLimits.ENTRIES_MAX - 1 - 2 * result.items().size();
    for (ItemResult item : result.items()) {
      admission = Math.subtractExact(admission, item.units());
    }
    List<ItemOutput> items = new ArrayList<>();
    for (ItemResult item : result.items()) {
      int index = items.size();
      TreeMap<String, byte[]> files = new TreeMap<>(item.files().comparator());
      for (Map.Entry<String, Bytes> file : item.files().entrySet()) {
        if (entriesLeft > 0 && ResultBundle.canHold(index, file.getKey())) {
          files.put(file.getKey(), file.getValue().toArray());
          entriesLeft--;
        }
      }
      boolean whole = files.size() == item.files().size();
      Outcome outcome = whole ? item.outcome() : new Outcome.OutputLimit();
      items.add(
          new ItemOutput(
              kind(outcome),
              detail(outcome),
              item.units() + (index == 0 ? admission : 0),
              item.stdout().toArray(),
              item.stderr().toArray(),
              files));
    }
    return items;
  }

  private static ItemOutcome kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exit _ -> ItemOutcome.EXIT;
      case Outcome.Trap _ -> ItemOutcome.TRAP;
      case Outcome.OutOfUnits _ -> ItemOutcome.OUT_OF_UNITS;
      case Outcome.OutputLimit _ -> ItemOutcome.OUTPUT_LIMIT;
    };
  }

  private static int detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exit exit -> exit.code();
      case Outcome.Trap trap -> trap.kind().number();
      case Outcome.OutOfUnits _, Outcome.OutputLimit _ -> 0;
    };
  }
}
