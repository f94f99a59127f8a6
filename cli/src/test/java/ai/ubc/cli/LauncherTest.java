package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./ubc} says of the build that it needs, with a Maven that only talks. */
final class LauncherTest {
  private static final Path REPOSITORY = Path.of("..");

  @TempDir private Path directory;
  private Path root = Path.of("");

  @BeforeEach
  void checkout() throws IOException {
    root = Files.createDirectories(directory.resolve("checkout"));
    Files.createDirectories(root.resolve("scripts"));
    Files.createDirectories(root.resolve("cli"));
    Files.copy(REPOSITORY.resolve("ubc"), root.resolve("ubc"));
    Files.copy(REPOSITORY.resolve("scripts/jdk.sh"), root.resolve("scripts/jdk.sh"));
  }

  private record Ended(int exitCode, String err) {}

  private Ended launch(String mavenSays, int mavenEnds) throws IOException, InterruptedException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    Files.writeString(tools.resolve("said"), mavenSays);
    Path maven = tools.resolve("mvn");
    Files.writeString(maven, "#!/bin/sh\ncat '" + tools.resolve("said") + "'\nexit " + mavenEnds);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("ubc").toString(), "--help");
    Map<String, String> environment = builder.environment();
    environment.put("PATH", tools + File.pathSeparator + environment.get("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), err);
  }

  @Test
  void eachModuleIsALineAndErrorsAreWhole() throws Exception {
    Ended ended =
        launch(
            """
            \033[0m\033[0m[INFO] Scanning for projects...
            [INFO] Building UBC 0.1.0-SNAPSHOT                              [1/2]
            [WARNING] something
              that goes on
            [INFO] Building jar: /somewhere/a.jar
            [INFO] Building UBC domain 0.1.0-SNAPSHOT                       [2/2]
            [ERROR] /somewhere/A.java:[1,2] cannot find symbol
              symbol: class B
            [INFO] 1 error
            nobody reads this
            [ERROR] Failed to execute goal
            """,
            1);
    assertThat(ended.exitCode()).isEqualTo(1);
    String log = root.resolve("cli/target/build.log").toString();
    assertThat(ended.err().lines().skip(1))
        .containsExactly(
            "ubc:   UBC (1/2)",
            "ubc:   UBC domain (2/2)",
            "[ERROR] /somewhere/A.java:[1,2] cannot find symbol",
            "  symbol: class B",
            "[ERROR] Failed to execute goal",
            "ubc: the build failed; its messages are above, and all that Maven said is in "
                + log
                + ".");
    assertThat(Path.of(log)).content().contains("nobody reads this");
  }

  @Test
  void aMavenThatCanNotStartIsHeard() throws Exception {
    Ended ended = launch("Error: Could not find or load main class\n", 1);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("Could not find or load main class", "the build failed");
  }

  @Test
  void downloadsAreCountedNotListed() throws Exception {
    String said = "[INFO] Downloaded from somewhere: a library\n".repeat(250);
    assertThat(launch(said, 1).err())
        .contains("ubc:   100 files downloaded", "ubc:   200 files downloaded")
        .doesNotContain("a library");
  }
}
