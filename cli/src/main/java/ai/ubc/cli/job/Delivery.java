package ai.ubc.cli.job;

import ai.ubc.cli.client.Answer;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.text.Amounts;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.sdk.job.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands a job's result to whoever ran the command. */
final class Delivery {
  private Delivery() {}

  /**
   * Writes what the program wrote, byte for byte, where a program writes it.
   *
   * @param out where files go; absent: they are dropped
   * @return with the program's exit code, or the one that says why it has none
   */
  static Answer asProgram(JobResult result, Surroundings around, Optional<Path> out)
      throws CommandFailure {
    ItemOutput item = result.items().getFirst();
    try {
      if (out.isPresent()) {
        result.writeFiles(0, out.get());
      }
      around.out().write(item.stdout());
      around.out().flush();
      around.err().write(item.stderr());
      if (item.stderr().length > 0 && item.stderr()[item.stderr().length - 1] != '\n') {
        // What we say behind it stands on a line of its own.
        around.err().println();
      }
      around.err().flush();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the result can not be written: " + e.getMessage(), e);
    }
    Map<String, Object> facts = new LinkedHashMap<>(JobText.facts(result));
    if (item.outcome() == ItemOutput.ItemOutcome.EXIT) {
      if (around.isTerminal()) {
        around.err().println("ubc: " + JobText.cost(result));
      }
      return new Answer(exitCode(item), item.outcome().name(), facts, _ -> {});
    }
    String message = item.outcome() + ": " + why(item, result) + " (" + JobText.cost(result) + ")";
    around.err().println("ubc: " + message);
    facts.put("message", message);
    return new Answer(exitCode(item), item.outcome().name(), facts, _ -> {});
  }

  /**
   * Refuses a place for files that is none, before anything is bought or waited for.
   *
   * @param out where files are to go; {@code null} for nowhere
   */
  static void requireDirectory(@Nullable Path out) throws CommandFailure {
    if (out == null) {
      return;
    }
    if (out.toString().isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--out: the directory has no name");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new CommandFailure(ExitCode.USAGE, "--out: " + out + " is no directory");
    }
  }

  /** The exit code for an item: the program's own, else 122. */
  static int exitCode(ItemOutput item) {
    return item.outcome() == ItemOutput.ItemOutcome.EXIT
        ? item.detail() & 0xFF
        : ExitCode.TRAP_OR_LIMIT;
  }

  private static String why(ItemOutput item, JobResult result) {
    return switch (item.outcome()) {
      case EXIT -> "the program ended";
      case TRAP ->
          item.detail() == ItemOutput.INVALID_PROGRAM
              ? "the program is refused by this network's runtime"
              : "the program trapped (kind " + item.detail() + ")";
      case OUT_OF_UNITS ->
          "the program used up its "
              + Amounts.units(result.job().maxUnits())
              + " instructions; raise --max-price to buy more";
      case OUTPUT_LIMIT -> "the program wrote more than it may";
    };
  }

  /**
   * Writes everything of a result below a directory: {@code stdout}, {@code stderr} and {@code
   * files}, in a directory of the item's number where there are several items.
   */
  static void asFiles(JobResult result, Path directory) throws CommandFailure {
    try {
      for (int item = 0; item < result.items().size(); item++) {
        Path to =
            result.items().size() == 1 ? directory : directory.resolve(Integer.toString(item));
        Files.createDirectories(to);
        Files.write(to.resolve("stdout"), result.items().get(item).stdout());
        Files.write(to.resolve("stderr"), result.items().get(item).stderr());
        result.writeFiles(item, to.resolve("files"));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the result can not be written: " + e.getMessage(), e);
    }
  }
}
