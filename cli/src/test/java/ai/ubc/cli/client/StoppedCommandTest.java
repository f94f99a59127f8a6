package ai.ubc.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the file of {@code --json} says of a command that is told to end. */
final class StoppedCommandTest {
  @TempDir private Path directory;

  /** A command in whose middle the process is told to end. */
  @Command(name = "waiting")
  private static final class Waiting extends ClientCommand {
    private String told = "";

    @Override
    protected Answer answer() {
      note("job", 7);
      reportStop();
      told = settings().json().filter(Files::exists).map(Waiting::text).orElse("");
      return Answer.done(Map.of("late", true));
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void saysSoWithTheJobAndWithoutAnExitCode() {
    Waiting waiting = new Waiting();
    String file = directory.resolve("outcome.json").toString();
    assertThat(new CommandLine(waiting).execute("--json", file)).isZero();
    assertThat(waiting.told)
        .contains("\"outcome\" : \"STOPPED\"", "\"job\" : 7", "\"command\" : \"waiting\"")
        .doesNotContain("exitCode");
    // It was done after all.
    assertThat(Path.of(file)).content().contains("\"outcome\" : \"DONE\"", "\"exitCode\" : 0");
  }

  @Test
  void saysNothingWhereNoFileIsAskedFor() {
    Waiting waiting = new Waiting();
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(waiting).setOut(new PrintWriter(out));
    assertThat(line.execute("--json", "-")).isZero();
    assertThat(out.toString()).contains("DONE").doesNotContain("STOPPED");
    assertThat(line.execute()).isZero();
  }
}
