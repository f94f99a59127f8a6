package ai.ubc.provider.programs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.TrapKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as Debian's clang and wasi-libc make them; each runs here and in a worker. */
class CProgramsTest {

  private static final Both RUNS = new Both();

  @TempDir Path input;

  @AfterAll
  static void close() {
    RUNS.close();
  }

  private static ItemResult run(String module, Item item) throws Exception {
    return RUNS.run(Both.resource(module), item);
  }

  @Test
  void argumentsEnvironmentStreamsAndExitCode() throws Exception {
    ItemResult result =
        run(
            "streams.wasm",
            Both.item("one\ntwo words\nlast", Map.of("NAME", "größe", "A", ""), "42", "-x", ""));
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(42));
    assertThat(result.stdout().toUtf8())
        .isEqualTo(
            """
            arg 0 program
            arg 1 42
            arg 2 -x
            arg 3\s
            env A=
            env NAME=größe
            NAME is größe
            line 1 has 3 bytes: one
            line 2 has 9 bytes: two words
            line 3 has 4 bytes: last
            """);
    assertThat(result.stderr().toUtf8()).isEqualTo("3 lines\n");
    ItemResult bare = run("streams.wasm", Item.of());
    assertThat(bare.outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(bare.stdout().toUtf8()).isEqualTo("arg 0 program\nNAME is not set\n");
  }

  @Test
  void filesAndDirectories() throws Exception {
    Files.createDirectories(input.resolve("a/empty"));
    Files.writeString(input.resolve("a/numbers.txt"), "10\n20\n12\n100\n");
    Files.writeString(input.resolve("größe"), "four");
    ItemResult result =
        RUNS.run(Both.resource("files.wasm"), Optional.of(input), Both.WIDE, Item.of()).getFirst();
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(result.stdout().toUtf8())
        .isEqualTo(
            """
            a/
              empty/
              numbers.txt 13
            größe 4
            sum 142, last 100, at 12
            mkdir /out/made: done
            rename: done
            rmdir: done
            unlink: done
            truncate: done
            open /in/a/numbers.txt: Read-only file system
            open /in/new: Read-only file system
            open /in/../in/a/numbers.txt: Capabilities insufficient
            open /in/../../etc/passwd: Capabilities insufficient
            open /etc/passwd: Capabilities insufficient
            open /proc/self/environ: Capabilities insufficient
            open /out/../../etc/passwd: Capabilities insufficient
            symlink: Not supported
            link: Not supported
            unlink of input: Read-only file system
            """);
    assertThat(result.files()).containsOnlyKeys("result");
    assertThat(result.files().values().iterator().next().toUtf8()).isEqualTo("zero2\n3\n4\n");
  }

  @Test
  void theClockIsTheJobsAndRandomnessTheSeeds() throws Exception {
    List<ItemResult> results =
        RUNS.run(Both.resource("host.wasm"), Optional.empty(), Both.WIDE, Item.of(), Item.of());
    for (ItemResult result : results) {
      assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
      assertThat(result.stdout().toUtf8())
          .startsWith("it is 2026-01-01 00:00:00\nwork came to ")
          .contains(" and takes time: 1\nan hour later: 1\n");
    }
    List<String> first = results.getFirst().stdout().toUtf8().lines().toList();
    List<String> second = results.getLast().stdout().toUtf8().lines().toList();
    // The same time in each item, other random bytes.
    assertThat(second.subList(0, 4)).isEqualTo(first.subList(0, 4));
    assertThat(first.get(4)).hasSize(32).isNotEqualTo(second.get(4));
  }

  @Test
  void recursionSortingAndFloats() throws Exception {
    ItemResult result = run("limits.wasm", Item.of());
    assertThat(result.stdout().toUtf8())
        .startsWith("ackermann 603\nsorted ")
        .endsWith("sum 1.6449240667982423\n");
    assertThat(run("limits.wasm", Item.of("deep", "100000")).outcome())
        .isEqualTo(new Outcome.Exit(0));
    assertThat(run("limits.wasm", Item.of("deep", "100000000")).outcome())
        .isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
  }

  @Test
  void memoryIsThereUpToTheLimitAndThenMallocSaysSo() throws Exception {
    ItemResult result =
        RUNS.run(
                Both.resource("limits.wasm"),
                Optional.empty(),
                new Limits(1L << 40, 320, 1 << 20),
                Item.of("memory"))
            .getFirst();
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(result.stdout().toUtf8()).isEqualTo("19 MiB, then none\n");
    ItemResult most = run("limits.wasm", Item.of("memory"));
    assertThat(most.stdout().toUtf8()).isEqualTo("255 MiB, then none\n");
  }
}
