package ai.ubc.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MapPlanTest {
  @TempDir private Path directory;

  private List<Path> files(int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(Files.writeString(directory.resolve("f" + i), "x"));
    }
    return files;
  }

  private Path large(String name, long bytes) throws IOException {
    Path file = directory.resolve(name);
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
    return file;
  }

  @Test
  void everyFileIsInOneJobAndThePartsAreTheBudget() throws IOException {
    Random random = new Random(11);
    List<Path> all = files(40);
    for (int i = 0; i < 200; i++) {
      List<Path> files = all.subList(0, 1 + random.nextInt(all.size()));
      long budget = 1 + random.nextLong(Long.MAX_VALUE / 2);
      MapPlan plan = MapPlan.of(files, "p", budget, 1 + random.nextInt(9), 1 + random.nextInt(9));
      assertThat(plan.batches().stream().flatMap(b -> b.files().stream()).toList())
          .isEqualTo(files);
      assertThat(plan.batches().stream().mapToLong(MapPlan.Batch::maxCostMicros).sum())
          .isEqualTo(budget);
      assertThat(plan.batches()).noneMatch(batch -> batch.files().isEmpty());
    }
  }

  @Test
  void noJobHasMoreItemsThanItMay() throws IOException {
    MapPlan plan = MapPlan.of(files(10), "p", 100, 1, 3);
    assertThat(plan.batches()).hasSize(4).allMatch(batch -> batch.files().size() <= 3);
  }

  @Test
  void whatDoesNotFitOneJobBecomesSeveral() throws IOException {
    List<Path> files = List.of(large("a", 40 << 20), large("b", 40 << 20));
    assertThat(MapPlan.of(files, "p", 100, 1, 9).batches()).hasSize(2);
    List<Path> tooLarge = List.of(large("c", 60 << 20));
    assertThatThrownBy(() -> MapPlan.of(tooLarge, "p", 100, 1, 9))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than the");
  }

  @Test
  void anotherMapHasAnotherFingerprint() throws IOException {
    List<Path> files = files(3);
    String one = MapPlan.of(files, "p", 100, 2, 9).fingerprint();
    assertThat(MapPlan.of(files, "p", 100, 2, 9).fingerprint()).isEqualTo(one);
    assertThat(
            List.of(
                MapPlan.of(files, "q", 100, 2, 9).fingerprint(),
                MapPlan.of(files, "p", 101, 2, 9).fingerprint(),
                MapPlan.of(files, "p", 100, 1, 9).fingerprint(),
                MapPlan.of(files.subList(0, 2), "p", 100, 2, 9).fingerprint()))
        .doesNotContain(one)
        .doesNotHaveDuplicates();
  }
}
