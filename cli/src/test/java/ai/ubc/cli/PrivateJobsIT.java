package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.cli.network.Listen;
import ai.ubc.cli.network.LocalNetwork;
import ai.ubc.cli.network.NetworkPlan;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.node.demo.LyingRuntime;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private jobs on a whole network, with a liar, and what is found on its disks afterwards. */
final class PrivateJobsIT {
  private static final long MICROS = Asset.MICROS;
  // Words that the program counts, and that stand nowhere else.
  private static final String MARKER = "zyzzogeton";
  private static final String PLAIN_MARKER = "quizzaciously";
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  @TempDir Path directory;

  private NetworkPlan plan() {
    return NetworkPlan.of(
        directory.resolve("network"),
        Listen.local(0),
        List.of(
            NetworkPlan.Node.provider("mallory", 1_200_000, 9, 30_000_000_000L)
                .running(LyingRuntime::new),
            NetworkPlan.Node.provider("alice", 20 * MICROS, 10, 30_000_000_000L),
            NetworkPlan.Node.validator("vera", 10 * MICROS),
            NetworkPlan.Node.validator("victor", 10 * MICROS),
            NetworkPlan.Node.validator("valentin", 10 * MICROS)));
  }

  private JobOrder order() throws IOException {
    return order(MARKER).privately().build();
  }

  private JobOrder.Builder order(String marker) throws IOException {
    Path program = Path.of("..", "examples", "wordcount.wasm").toAbsolutePath();
    Path text = directory.resolve("text");
    Files.writeString(text, (marker + "\n").repeat(7));
    return JobOrder.of(program, MICROS).stdin(text).quorum(3);
  }

  @Test
  void theLiarIsCaughtTheResultComesBackAndNobodyFindsAnythingOnTheDisks() throws Exception {
    try (LocalNetwork network = LocalNetwork.start(plan(), step -> {}, () -> {})) {
      Session agent = network.openAccount("agent", 5 * MICROS);
      JobClient jobs = new JobClient(agent, SecretStore.inMemory());
      assertThatThrownBy(() -> jobs.run(order()))
          .isInstanceOfSatisfying(
              JobNotDelivered.class, e -> assertThat(e.ending()).isEqualTo("FRAUD"));
      JobResult result = jobs.run(order());
      assertThat(ending(result)).isEqualTo("ACCEPTED");
      String counted = new String(result.items().getFirst().stdout(), UTF_8);
      assertThat(counted).contains(MARKER).contains("7");
      assertThat(result.items().getFirst().stderr()).isEmpty();
      JobClient later = new JobClient(agent, SecretStore.inMemory());
      JobResult again = later.result(result.job().job()).orElseThrow();
      assertThat(again.items().getFirst().stdout()).isEqualTo(result.items().getFirst().stdout());
      strangersReadNothing(network, result);
      JobResult plain = jobs.run(order(PLAIN_MARKER).build());
      assertThat(ending(plain)).isEqualTo("ACCEPTED");
      // The same search finds what is not sealed, so it is not blind.
      assertThat(filesWith(PLAIN_MARKER))
          .anyMatch(file -> isBody(file, plain.job().input()))
          .anyMatch(file -> isBody(file, Objects.requireNonNull(plain.job().result()).body()));
      assertThat(filesWith(MARKER)).isEmpty();
    }
  }

  private static String ending(JobResult result) {
    return Objects.requireNonNull(result.job().judgement()).ending();
  }

  private void strangersReadNothing(LocalNetwork network, JobResult result) throws Exception {
    Session stranger = network.openAccount("stranger", MICROS);
    Path file = directory.resolve("stolen");
    Hash32 input = Hash32.parse(result.job().input());
    assertThatThrownBy(() -> stranger.get(input, file, 1 << 20))
        .isInstanceOfSatisfying(
            GatewayProblem.class,
            e -> assertThat(e.code()).isEqualTo(GatewayProblem.ACCESS_DENIED));
    assertThat(stranger.keys().left(result.job().job())).isEmpty();
  }

  // Of all that network and nodes have written: content store, database, journal, caches, vaults.
  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        directory.resolve("network"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && holds(file, text)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // the network goes on meanwhile, and deletes
          }
        });
    return found;
  }

  private static boolean isBody(Path file, String sha256) {
    return file.toString().contains("blobs")
        && file.getFileName().toString().equals(Hash32.parse(sha256).hex());
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return holds(bytes, text) || (isZip(bytes) && holdsInside(bytes, text));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean holds(byte[] bytes, String text) {
    return new String(bytes, ISO_8859_1).contains(text);
  }

  private static boolean isZip(byte[] bytes) {
    return bytes.length >= ZIP.length && Arrays.equals(bytes, 0, ZIP.length, ZIP, 0, ZIP.length);
  }

  // Bundles are deflated, so their bytes show no word of what is in them.
  private static boolean holdsInside(byte[] zip, String text) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (holds(entries.readAllBytes(), text)) {
          return true;
        }
      }
      return false;
    } catch (ZipException | EOFException e) {
      return false; // half written, as the network goes on meanwhile
    }
  }
}
