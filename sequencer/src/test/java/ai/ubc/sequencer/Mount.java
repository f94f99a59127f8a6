package ai.ubc.sequencer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of its own in memory; tests that need one are left out where it is not permitted.
 */
final class Mount implements AutoCloseable {
  private final Path at;

  private Mount(Path at) {
    this.at = at;
  }

  static Mount tmpfs(Path at, String options) throws IOException, InterruptedException {
    Files.createDirectories(at);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString()),
        "mounting is not permitted here");
    return new Mount(at);
  }

  void makeReadOnly() throws IOException, InterruptedException {
    assumeTrue(run("mount", "-o", "remount,ro", at.toString()), "mounting is not permitted here");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "-l", at.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
