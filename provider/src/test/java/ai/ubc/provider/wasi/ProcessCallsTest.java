package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls about the program itself, and limits. */
class ProcessCallsTest {

  private static final WasiRuntime RUNTIME = new WasiRuntime();

  @TempDir static Path input;

  private static ItemResult run(Limits limits, String... calls) {
    return Transcript.run(Optional.empty(), limits, List.of(calls));
  }

  private static ItemResult run(String... calls) {
    return run(Runs.WIDE, calls);
  }

  private static List<String> answers(String... calls) {
    return Transcript.answers(run(calls));
  }

  @Test
  void argumentsAndEnvironmentComeInOrder() {
    assertThat(run().stdout().toUtf8())
        .isEqualTo("arg program\narg first\narg second arg\nenv A=1=1\nenv B=2\n");
  }

  @Test
  void theExitCodeIsTheProgramsAndOutputUpToItIsKept() {
    ItemResult result = run("yield", "write 2 complaint", "exit 259", "yield");
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(259));
    assertThat(result.stdout().toUtf8()).endsWith("yield 0\nwrite 0 9\nexit ");
    assertThat(result.stderr().toUtf8()).isEqualTo("complaint");
    assertThat(run("exit 4294967295").outcome()).isEqualTo(new Outcome.Exit(-1));
  }

  @Test
  void openDescriptorsAreBounded() {
    List<String> calls = Collections.nCopies(1_021, "open 3 . 2 0 0");
    List<String> answers = Transcript.answers(Transcript.run(Optional.empty(), Runs.WIDE, calls));
    assertThat(answers.get(1_018)).isEqualTo("open 0 1023");
    assertThat(answers.get(1_019)).isEqualTo("open 33");
  }

  @Test
  void clocksTellUnitsAndSleepsAndNothingElse() {
    List<String> answers =
        answers(
            "clock 0",
            "clock 1",
            "poll 0 1 5000000000 0 1 7000000000",
            "clock 1",
            "clock 3",
            "clock 4",
            "resolution 1",
            "resolution 9");
    long start = number(answers.get(0)) - Meter.CLOCK_START;
    long before = number(answers.get(1));
    long after = number(answers.get(3));
    assertThat(start).isBetween(1L, 10_000_000L);
    assertThat(before).isBetween(start, start + 1_000_000);
    assertThat(answers.get(2)).isEqualTo("poll 0 1:0:0");
    assertThat(after).isBetween(before + 5_000_000_000L, before + 5_001_000_000L);
    assertThat(answers.subList(5, 8))
        .containsExactly("clock 28", "resolution 0 1", "resolution 28");
    assertThat(answers("clock 0", "clock 1")).isEqualTo(answers("clock 0", "clock 1"));
  }

  private static long number(String answer) {
    return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
  }

  @Test
  void pollingNeverWaitsForStreams() {
    Transcript.check(
        input,
        """
        poll 1 0 0 0 1 1000 => 0 1:1:0
        poll 2 1 0 1 0 0 => 0 1:2:0 2:1:0
        poll 1 77 0 => BADF
        poll 7 1 0 => INVAL
        poll 0 9 0 => INVAL
        poll => INVAL
        poll 0 17 1 0 1 0 => 0 1:0:0 2:0:0
        poll 0 1 18446744073709551615 => 0 1:0:0
        poll 0 17 18446744073709551615 => 0 1:0:0
        poll 0 0 1 => 0 1:0:0
        """);
  }

  @Test
  void randomBytesComeFromTheSeedAndTheItem() throws Exception {
    Item item =
        new Item(List.of(), new TreeMap<>(), Content.of("random 5\nrandom 40".getBytes(UTF_8)));
    RunRequest request = Runs.request(Transcript.PROBE, Runs.WIDE, item, item);
    List<ItemResult> results = RUNTIME.run(request).items();
    List<String> first = Transcript.answers(results.get(0));
    byte[] expected = new SeededRandom(Runs.SEED, 0).next(45);
    String hex = HexFormat.of().formatHex(expected);
    assertThat(first)
        .containsExactly("random 0 " + hex.substring(0, 10), "random 0 " + hex.substring(10));
    assertThat(Transcript.answers(results.get(1))).isNotEqualTo(first);
    assertThat(RUNTIME.run(request).items()).isEqualTo(results);
  }

  @Test
  void outputOverTheLimitEndsTheItemAndKeepsWhatFits() {
    Limits limits = new Limits(1L << 40, 4_096, 10_000);
    ItemResult result = run(limits, "fill 2 9000", "fill 2 1001", "fill 2 1");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    assertThat(result.stderr().length()).isEqualTo(9_000);
    // A file counts 4,096 bytes and its name; the C library writes the first line at once.
    int rest = 10_000 - 2 * (4_096 + 1) - "arg program\n".length();
    result = run(limits, "open 4 a 1 64 0", "open 4 b 1 64 0", "fill 5 " + rest, "fill 5 1");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    assertThat(result.files().get("a")).isEqualTo(Bytes.copyOf(new byte[rest]));
    result = run(limits, "mkdir 4 a", "mkdir 4 b", "mkdir 4 c");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    result = run(limits, "open 4 a 1 64 0", "size 5 5904", "fill 5 1");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    for (long position : new long[] {2_000_000_000L, 1L << 32, Long.MAX_VALUE}) {
      result = run(limits, "open 4 a 1 64 0", "pwrite 5 x " + position);
      assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    }
    result = run(limits, "open 4 a 1 64 0", "size 5 9223372036854775807");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutOfUnits());
  }

  @Test
  void whatIsRemovedMakesRoom() {
    Limits limits = new Limits(1L << 40, 4_096, 14_000);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.addAll(List.of("open 4 a 1 64 0", "fill 5 5000", "close 5", "unlink 4 a"));
      lines.addAll(List.of("mkdir 4 d", "rmdir 4 d"));
    }
    ItemResult result = run(limits, lines.toArray(new String[0]));
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(result.files()).isEmpty();
  }

  @Test
  void aPathTooLongForAResultIsOverTheLimit() {
    String part = "d".repeat(200);
    ItemResult result =
        run(
            "mkdir 4 " + part,
            "open 4 " + part + "/short 1 64 0",
            "mkdir 4 " + part + "/" + part,
            "mkdir 4 " + part + "/" + part + "/" + part,
            "mkdir 4 " + part + "/" + part + "/" + part + "/" + part,
            "open 4 " + String.join("/", part, part, part, part, part) + " 1 64 0");
    assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimit());
    assertThat(result.files()).containsOnlyKeys(part + "/short");
  }
}
