package ai.ubc.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** Asks whether a directory is taken, and takes as long as its input lasts. */
  static final class Asker {
    private Asker() {}

    public static void main(String[] args) throws IOException {
      Path file = Path.of(args[0], "lock");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        channel.lock(0, Long.MAX_VALUE, true);
        System.out.println("asks");
        while (System.in.read() >= 0) {}
      }
    }
  }

  private Process java(Class<?> main) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
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
    Process holder = java(Holder.class);
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
  void whoOnlyAsksKeepsNobodyFromTakingIt() throws Exception {
    DirectoryLock.take(directory).close();
    Process asker = java(Asker.class);
    AtomicBoolean hasWaited = new AtomicBoolean();
    try (BufferedReader output = asker.inputReader()) {
      assertThat(output.readLine()).isEqualTo("asks");
      assertThat(DirectoryLock.isTaken(directory)).isFalse();
      DirectoryLock lock =
          DirectoryLock.take(
              directory,
              () -> {
                hasWaited.set(true);
                end(asker);
              });
      assertThat(hasWaited).isTrue();
      lock.close();
    } finally {
      asker.destroyForcibly().waitFor();
    }
  }

  @Test
  void whoAsksForeverIsNotWaitedFor() throws Exception {
    DirectoryLock.take(directory).close();
    Process asker = java(Asker.class);
    try (BufferedReader output = asker.inputReader()) {
      assertThat(output.readLine()).isEqualTo("asks");
      assertThatThrownBy(() -> DirectoryLock.take(directory, () -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by ");
    } finally {
      asker.destroyForcibly().waitFor();
    }
  }

  private static void end(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().join();
  }

  @Test
  void aLockThatAnotherPartOfThisProcessHasIsInUse() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      assertThat(DirectoryLock.isTaken(directory)).isTrue();
      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void closingTwiceFreesOnlyWhatOneHad() throws IOException {
    DirectoryLock first = DirectoryLock.take(directory);
    first.close();
    try (DirectoryLock second = DirectoryLock.take(directory)) {
      first.close();
      assertThat(DirectoryLock.isTaken(second.directory())).isTrue();
      assertThatThrownBy(() -> DirectoryLock.take(directory)).hasMessageContaining("is in use");
    }
  }

  @Test
  void threadsThatContendAreToldItIsInUse() throws Exception {
    AtomicBoolean isHeld = new AtomicBoolean();
    Callable<Integer> contender =
        () -> {
          int refused = 0;
          for (int round = 0; round < 300; round++) {
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
              assertThat(isHeld.getAndSet(true)).as("%s", lock.directory()).isFalse();
              isHeld.set(false);
            } catch (IOException e) {
              assertThat(e).hasMessageContaining("is in use by ");
              refused++;
            }
          }
          return refused;
        };
    List<Future<Integer>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        ends.add(threads.submit(contender));
      }
    }
    for (Future<Integer> end : ends) {
      assertThat(end.get()).isBetween(0, 300);
    }
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
