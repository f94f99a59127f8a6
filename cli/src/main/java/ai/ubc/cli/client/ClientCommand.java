package ai.ubc.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.sdk.Draft;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command of a user of networks: finds its answer, and tells it to people, or to programs as
 * JSON. A failure is told to both; that it was stopped before, to a file of JSON.
 */
public abstract class ClientCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  /** Outcome of a command that was told to end before it was done. */
  public static final String STOPPED = "STOPPED";

  @Mixin private ClientSettings settings = new ClientSettings();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, Object> noted = Collections.synchronizedMap(new LinkedHashMap<>());
  private boolean hasLeft;

  /** What the command finds. */
  protected abstract Answer answer() throws CommandFailure, UbcException, InterruptedException;

  /** Whether standard output carries something else than the answer's text. */
  protected boolean printsOtherwise() {
    return false;
  }

  /** Has the JSON say this beside what came of the command, also where it fails or is stopped. */
  protected final void note(String name, Object value) {
    synchronized (noted) {
      noted.put(name, value);
    }
  }

  /**
   * Says what came of the command where the process is being ended, which is the last that the JSON
   * says. From any thread.
   *
   * @param exitCode what the process ends with
   */
  protected final void leave(String outcome, int exitCode, Map<String, Object> facts) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("exitCode", exitCode);
    all.putAll(facts);
    reportAtTheEnd(outcome, all, true);
  }

  /** Network, key, surroundings. */
  protected final ClientSettings settings() {
    return settings;
  }

  /** Variables and streams. */
  protected final Surroundings surroundings() {
    return settings.surroundings();
  }

  /** The command as it was given. */
  protected final CommandSpec spec() {
    return spec;
  }

  @Override
  public final Integer call() throws CommandFailure, InterruptedException {
    Optional<Path> json = settings.json();
    boolean isJsonPrinted = json.filter(STANDARD_OUTPUT::equals).isPresent();
    if (isJsonPrinted && printsOtherwise()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--json - would mix with what the program prints; name a file for the JSON");
    }
    if (json.isPresent() && !isJsonPrinted) {
      requireWritable(json.get());
    }
    Answer answer;
    try (OnStop _ = OnStop.doing(this::reportStop)) {
      answer = answer();
    } catch (CommandFailure | UbcException e) {
      CommandFailure failure = OutcomeMapper.failure(e);
      if (json.isPresent()) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("exitCode", failure.exitCode());
        facts.putAll(OutcomeMapper.facts(e));
        facts.put("message", String.valueOf(failure.getMessage()));
        report(json.get(), failure.outcome(), facts, false);
      }
      throw failure;
    }
    if (json.isPresent()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("exitCode", answer.exitCode());
      facts.putAll(answer.facts());
      report(json.get(), answer.outcome(), facts, false);
    }
    if (!isJsonPrinted) {
      answer.text().accept(spec.commandLine().getOut());
      spec.commandLine().getOut().flush();
    }
    return answer.exitCode();
  }

  // Found before anything is bought: who gets no JSON may think that nothing was.
  private static void requireWritable(Path json) throws CommandFailure {
    Path directory = json.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--json: " + json + " can not be written: no such directory, or not yours");
    }
    if (Files.isDirectory(json)) {
      throw new CommandFailure(ExitCode.USAGE, "--json: " + json + " is a directory; name a file");
    }
  }

  /** Tells in the file of JSON, if one is asked for, that the process was told to end. */
  final void reportStop() {
    // Which exit code it ends with, the signal decides.
    reportAtTheEnd(
        STOPPED,
        Map.of("message", STOPPED + ": told to end before it was done; what it sent goes on"),
        false);
  }

  // Whoever could be told of a fault then is gone, but for who reads standard error.
  private void reportAtTheEnd(String outcome, Map<String, Object> facts, boolean isLast) {
    Optional<Path> json = settings.json().filter(file -> !STANDARD_OUTPUT.equals(file));
    if (json.isPresent()) {
      try {
        report(json.get(), outcome, facts, isLast);
      } catch (CommandFailure e) {
        surroundings().err().println("ubc: " + e.getMessage());
      }
    }
  }

  // One at a time: the last word counts, whoever has it.
  private synchronized void report(
      Path to, String outcome, Map<String, Object> facts, boolean isLast) throws CommandFailure {
    if (hasLeft) {
      return;
    }
    hasLeft = isLast;
    String text = text(outcome, facts);
    if (to.equals(STANDARD_OUTPUT)) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Draft.write(to, text.getBytes(UTF_8)); // whoever waits for the file finds it whole
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "--json: " + to + " can not be written: " + e.getMessage(), e);
    }
  }

  private String text(String outcome, Map<String, Object> facts) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("command", spec.qualifiedName());
    whole.put("outcome", outcome);
    whole.putAll(facts);
    synchronized (noted) {
      whole.putAll(noted);
    }
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(whole)
        + "\n";
  }
}
