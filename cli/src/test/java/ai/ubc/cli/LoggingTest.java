package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.gateway.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged goes to standard error, since standard output is what a command answers. */
final class LoggingTest {
  @Test
  void aGatewayInTheProcessLogsNothingToStandardOutput() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.out;
    PrintStream errBefore = System.err;
    try (PrintStream printed = new PrintStream(out, true, UTF_8);
        PrintStream said = new PrintStream(err, true, UTF_8)) {
      System.setOut(printed);
      System.setErr(said);
      log("before");
      // The server sets the whole process's logging up.
      try (HttpServer _ =
          HttpServer.start(
              "127.0.0.1",
              0,
              Optional.empty(),
              () -> {
                throw new IllegalStateException("nobody asks");
              },
              () -> log("early"))) {
        log("late");
      }
    } finally {
      System.setOut(before);
      System.setErr(errBefore);
    }
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .contains("slf4j before", "slf4j early", "slf4j late", "system early", "system late")
        .doesNotContain("quiet");
  }

  private static void log(String when) {
    LoggerFactory.getLogger(LoggingTest.class).warn("slf4j {}", when);
    LoggerFactory.getLogger(LoggingTest.class).info("quiet {}", when);
    System.getLogger(LoggingTest.class.getName())
        .log(System.Logger.Level.WARNING, "system " + when);
  }
}
