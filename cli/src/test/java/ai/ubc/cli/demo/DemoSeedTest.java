package ai.ubc.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.network.LocalNetwork;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.sdk.Randomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a seed fixes, and who may have one. */
final class DemoSeedTest {
  @TempDir private Path directory;

  private static long next(Randomness randomness, String use) {
    return randomness.of(use).nextLong();
  }

  @Test
  void whatIsDrawnFollowsFromTheSeedAndTheUseAlone() {
    DemoSeed one = new DemoSeed(7);
    DemoSeed other = new DemoSeed(7);
    long salt = next(one, "salt");
    long nonce = next(one, "nonce");
    assertThat(next(other, "nonce")).isEqualTo(nonce).isNotEqualTo(salt);
    assertThat(next(other, "salt")).isEqualTo(salt);
    assertThat(next(other.within("alice"), "salt")).isNotEqualTo(salt);
    assertThat(next(new DemoSeed(8), "salt")).isNotEqualTo(salt);
  }

  @Test
  void aUseThatIsAskedForAgainGoesOn() {
    DemoSeed seed = new DemoSeed(7);
    long first = next(seed, "nonce");
    assertThat(next(seed, "nonce")).isNotEqualTo(first);
  }

  /** The genesis of a run, and what its files of keys and beacon hold. */
  private record Run(String genesis, Map<String, String> secrets) {}

  private Run run(long seed) throws IOException {
    Path root = Files.createTempDirectory(directory, "run");
    var plan = DemoCast.plan(root, new DemoSeed(seed), refused -> {});
    String genesis = GenesisFile.hash(LocalNetwork.genesis(plan)).toString();
    Map<String, String> secrets = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().matches(".*(\\.key|/secret)"))
          .forEach(file -> secrets.put(root.relativize(file).toString(), text(file)));
    }
    return new Run(genesis, secrets);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoRunsOfOneSeedHaveOneGenesisAndTheSameKeys() throws IOException {
    Run first = run(7);
    assertThat(first.secrets()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(run(7)).isEqualTo(first);
    Run other = run(8);
    assertThat(other.genesis()).isNotEqualTo(first.genesis());
    assertThat(other.secrets().values()).doesNotContainAnyElementsOf(first.secrets().values());
  }

  @Test
  void nothingElseThatIsShippedSeedsAGenerator() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<String> seeding =
          files
              .filter(file -> file.toString().matches("\\.\\./\\w+/src/main/.*\\.java"))
              .filter(file ->
                  text(file).matches("(?s).*(setSeed\\(|SHA1PRNG|new SecureRandom\\(\\w).*"))
              .map(file -> String.valueOf(file.getFileName()))
              .toList();
      assertThat(seeding).containsExactly("DemoSeed.java");
    }
  }
}
