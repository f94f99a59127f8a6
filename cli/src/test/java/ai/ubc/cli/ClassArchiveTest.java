package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loaded classes that {@code ./ubc} keeps for its next start, with a Java that only talks. */
final class ClassArchiveTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final long BUILT_SECONDS = 1_700_000_000;
  private static final byte[] WHOLE = {(byte) 0xa8, (byte) 0xab, 0x0b, (byte) 0xf0};
  private static final byte[] BROKEN_OFF = {0, 0, 0, 0};

  @TempDir private Path directory;
  private Path root = Path.of("");
  private Path target = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void aBuiltCheckout() throws IOException {
    root = Files.createDirectories(directory.toRealPath().resolve("checkout"));
    Files.createDirectories(root.resolve("scripts"));
    target = Files.createDirectories(root.resolve("cli/target"));
    Files.copy(REPOSITORY.resolve("ubc"), root.resolve("ubc"));
    Files.copy(REPOSITORY.resolve("scripts/jdk.sh"), root.resolve("scripts/jdk.sh"));
    Path jar = Files.createFile(target.resolve("ubc-cli-1.jar"));
    Path classPath = Files.writeString(target.resolve("class-path"), jar.toString());
    Files.setLastModifiedTime(classPath, FileTime.from(Instant.ofEpochSecond(BUILT_SECONDS)));
    jdk = directory.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    for (String tool : List.of("java", "javac")) {
      Path file = jdk.resolve("bin").resolve(tool);
      Files.writeString(file, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private List<String> argumentsOfJava(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("ubc").toString());
    builder.command().addAll(List.of(command));
    builder.environment().put("JAVA_HOME", jdk.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.lines().toList();
  }

  private Path kept(String command, long builtSeconds, byte[] content) throws IOException {
    return Files.write(target.resolve("classes-" + command + "-" + builtSeconds + ".jsa"), content);
  }

  @Test
  void theClassesOfThisBuildAreKeptAndThoseOfOthersAreNot() throws Exception {
    Path whole = kept("run", BUILT_SECONDS, WHOLE);
    Path former = kept("run", BUILT_SECONDS - 1, WHOLE);
    Path later = kept("run", BUILT_SECONDS + 1, WHOLE);
    Path other = kept("jobs", BUILT_SECONDS - 1, WHOLE);
    assertThat(argumentsOfJava("run", "p.wasm"))
        .contains("-XX:SharedArchiveFile=" + whole, "-Xlog:disable");
    assertThat(whole).exists();
    assertThat(other).exists();
    assertThat(former).doesNotExist();
    assertThat(later).doesNotExist();
  }

  @Test
  void whatAWriterWasKilledOverIsRemovedAndWhatIsBeingWrittenIsNot() throws Exception {
    Path broken = kept("run", BUILT_SECONDS, BROKEN_OFF);
    argumentsOfJava("run", "p.wasm");
    assertThat(broken).exists();
    FileTime longAgo = FileTime.from(Instant.ofEpochSecond(BUILT_SECONDS + 1));
    Files.setLastModifiedTime(broken, longAgo);
    argumentsOfJava("run", "p.wasm");
    assertThat(broken).doesNotExist();
    Files.setLastModifiedTime(kept("run", BUILT_SECONDS, WHOLE), longAgo);
    argumentsOfJava("run", "p.wasm");
    assertThat(broken).exists();
  }

  @Test
  void onlyCommandsThatRunForLongMayWarn() throws Exception {
    String warnings = "-Xlog:all=warning,cds*=off,aot*=off:stderr";
    assertThat(argumentsOfJava("up")).contains(warnings);
    assertThat(argumentsOfJava("run", "p.wasm")).doesNotContain(warnings);
    assertThat(argumentsOfJava("run", "--help")).noneMatch(it -> it.contains("SharedArchiveFile"));
  }
}
