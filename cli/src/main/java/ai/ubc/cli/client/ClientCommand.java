package ai.ubc.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * JSON. A failure is told to both.
 */
public abstract class ClientCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Mixin private ClientSettings settings = new ClientSettings();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, Object> noted = new LinkedHashMap<>();

  /** What the command finds. */
  protected abstract Answer answer() throws CommandFailure, UbcException, InterruptedException;

  /** Whether standard output carries something else than the answer's text. */
  protected boolean printsOtherwise() {
    return false;
  }

  /** Has the JSON say this beside what came of the command, also where it fails. */
  protected final void note(String name, Object value) {
    noted.put(name, value);
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
    Answer answer;
    try {
      answer = answer();
    } catch (CommandFailure | UbcException e) {
      CommandFailure failure = OutcomeMapper.failure(e);
      if (json.isPresent() && failure.exitCode() != ExitCode.USAGE) {
        Map<String, Object> facts = new LinkedHashMap<>(OutcomeMapper.facts(e));
        facts.put("message", String.valueOf(failure.getMessage()));
        report(json.get(), failure.outcome(), failure.exitCode(), facts);
      }
      throw failure;
    }
    if (json.isPresent()) {
      report(json.get(), answer.outcome(), answer.exitCode(), answer.facts());
    }
    if (!isJsonPrinted) {
      answer.text().accept(spec.commandLine().getOut());
      spec.commandLine().getOut().flush();
    }
    return answer.exitCode();
  }

  private void report(Path to, String outcome, int exitCode, Map<String, Object> facts)
      throws CommandFailure {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("command", spec.qualifiedName());
    whole.put("outcome", outcome);
    whole.put("exitCode", exitCode);
    whole.putAll(facts);
    whole.putAll(noted);
    String text =
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(whole)
            + "\n";
    if (to.equals(STANDARD_OUTPUT)) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      // Whoever waits for the file finds it whole.
      Path draft = to.resolveSibling(to.getFileName() + ".new");
      Files.writeString(draft, text, UTF_8);
      Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "--json: " + to + " can not be written: " + e.getMessage(), e);
    }
  }
}
