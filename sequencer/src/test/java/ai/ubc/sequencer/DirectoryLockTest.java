package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir private Path directory;

  /** Takes the lock of a directory in a process of its own, until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryLock lock = DirectoryLock.take(Path.of(args[0]))) {
        System.out.println("has " + lock.directory().getFileName());
        while (System.in.read() >= 0) {}
      }
    }
  }

  @Test
  void aDirectoryIsTakenOnceAndFreeAfterwards() throws IOException {
    Path inner = directory.resolve("a/b");
    assertThat(DirectoryLock.isTaken(inner)).isFalse();
    try (DirectoryLock lock = DirectoryLock.take(inner)) {
      assertThat(DirectoryLock.isTaken(lock.directory())).isTrue();
      assertThatThrownBy(() -> DirectoryLock.take(inner))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(DirectoryLock.isTaken(inner)).isFalse();
    DirectoryLock.take(inner).close();
  }

  @Test
  void whoHasItIsNamedAndItsDeathFreesTheDirectory() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = holder.inputReader()) {
      assertThat(output.readLine()).startsWith("has ");
      assertThat(DirectoryLock.isTaken(directory)).isTrue();
      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .hasMessageContaining("is in use by process " + holder.pid() + "; stop it");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void aDirectoryThatCanNotBeWrittenToIsSaid() throws Exception {
    Path mounted = directory.resolve("mounted");
    try (Mount mount = Mount.tmpfs(mounted, "size=1m")) {
      Files.createDirectory(mounted.resolve("network"));
      mount.makeReadOnly();
      assertThatThrownBy(() -> DirectoryLock.take(mounted.resolve("network")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("can not be written to")
          .hasMessageContaining("choose another directory");
      assertThatThrownBy(() -> DirectoryLock.take(mounted.resolve("another")))
          .hasMessageContaining("can not be written to");
    }
  }
}
