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
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System calls, one by one, made by a program that does what its standard input says. */
class SystemCallsTest {

  private static final int BADF = 8;
  private static final int EXIST = 20;
  private static final int FAULT = 21;
  private static final int FBIG = 22;
  private static final int ILSEQ = 25;
  private static final int INVAL = 28;
  private static final int ISDIR = 31;
  private static final int MFILE = 33;
  private static final int NAMETOOLONG = 37;
  private static final int NOENT = 44;
  private static final int NOTDIR = 54;
  private static final int NOTEMPTY = 55;
  private static final int NOTSOCK = 57;
  private static final int NOTSUP = 58;
  private static final int ROFS = 69;
  private static final int SPIPE = 70;
  private static final int NOTCAPABLE = 76;

  private static final byte[] PROBE = Runs.resource("probe.wasm");
  private static final WasiRuntime RUNTIME = new WasiRuntime(Execution.COMPILED);

  @TempDir static Path input;

  @BeforeAll
  static void writeInput() throws IOException {
    Files.writeString(input.resolve("b.txt"), "hello input");
    Files.writeString(input.resolve("ä.txt"), "");
    Files.createDirectories(input.resolve("sub/deep"));
    Files.writeString(input.resolve("sub/c.txt"), "below");
  }

  private static ItemResult run(Limits limits, String... lines) {
    Item item =
        new Item(
            List.of("first", "second arg"),
            new TreeMap<>(Map.of("B", "2", "A", "1=1")),
            Content.of(String.join("\n", lines).getBytes(UTF_8)));
    RunRequest request =
        new RunRequest(Content.of(PROBE), List.of(item), Optional.of(input), limits, Runs.SEED);
    try {
      return RUNTIME.run(request).items().getFirst();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ItemResult run(String... lines) {
    return run(Runs.WIDE, lines);
  }

  /** What the program prints for each line, without its arguments and environment. */
  private static List<String> answers(ItemResult result) {
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    return result.stdout().toUtf8().lines().filter(line -> !line.matches("(arg|env) .*")).toList();
  }

  private static List<String> answers(String... lines) {
    return answers(run(lines));
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
  void preopenedDirectoriesAreInAndOut() {
    assertThat(answers("prestat 3 10", "prestat 4 4", "prestat 4 3", "prestat 5 10", "prestat 0 9"))
        .containsExactly(
            "prestat 0 3 0 /in", "prestat 0 4 0 /out", "prestat 0 4 37 ", "prestat 8", "prestat 8");
  }

  @Test
  void inputIsReadAtAnyPosition() {
    assertThat(
            answers(
                "open 3 b.txt 0 2 0",
                "read 5 5 3",
                "tell 5",
                "seek 5 -3 1",
                "read 5 100",
                "read 5 100",
                "pread 5 5 6",
                "pread 5 5 100",
                "seek 5 -1 2",
                "read 5 9",
                "seek 5 -100 1",
                "seek 5 0 7",
                "close 5",
                "read 5 1",
                "close 5"))
        .containsExactly(
            "open 0 5",
            "read 0 8 hello in",
            "tell 0 8",
            "seek 0 5",
            "read 0 6  input",
            "read 0 0 ",
            "pread 0 5 input",
            "pread 0 0 ",
            "seek 0 10",
            "read 0 1 t",
            "seek " + INVAL,
            "seek " + INVAL,
            "close 0",
            "read " + BADF,
            "close " + BADF);
  }

  @Test
  void inputIsReadOnly() {
    ItemResult result =
        run(
            "open 3 b.txt 0 64 0",
            "open 3 b.txt 8 2 0",
            "open 3 new.txt 1 66 0",
            "mkdir 3 new",
            "unlink 3 b.txt",
            "rmdir 3 sub/deep",
            "rename 3 b.txt 4 b.txt",
            "rename 3 b.txt 3 c.txt",
            "ptimes 3 b.txt",
            "open 3 b.txt 0 2 0",
            "write 5 x",
            "pwrite 5 x 0",
            "size 5 0",
            "allocate 5 0 100",
            "times 5");
    assertThat(answers(result))
        .containsExactly(
            "open " + ROFS,
            "open " + ROFS,
            "open " + ROFS,
            "mkdir " + ROFS,
            "unlink " + ROFS,
            "rmdir " + ROFS,
            "rename " + ROFS,
            "rename " + ROFS,
            "ptimes " + ROFS,
            "open 0 5",
            "write " + BADF,
            "pwrite " + BADF,
            "size " + BADF,
            "allocate " + BADF,
            "times " + ROFS);
    assertThat(result.files()).isEmpty();
  }

  @Test
  void noPathLeavesItsDirectory() {
    assertThat(
            answers(
                "open 3 ../etc/passwd 0 2 0",
                "open 3 /etc/passwd 0 2 0",
                "open 3 sub/../../x 0 2 0",
                "open 3 sub/../b.txt 0 2 0",
                "open 3 sub 2 0 0",
                "open 6 ../b.txt 0 2 0",
                "open 6 c.txt 0 2 0",
                "pstat 3 ..",
                "mkdir 4 ../x",
                "symlink /etc/passwd 4 link",
                "link 3 b.txt 4 link",
                "readlink 3 b.txt",
                "readlink 3 nothing"))
        .containsExactly(
            "open " + NOTCAPABLE,
            "open " + NOTCAPABLE,
            "open " + NOTCAPABLE,
            "open 0 5",
            "open 0 6",
            "open " + NOTCAPABLE,
            "open 0 7",
            "pstat " + NOTCAPABLE,
            "mkdir " + NOTCAPABLE,
            "symlink " + NOTSUP,
            "link " + NOTSUP,
            "readlink " + INVAL,
            "readlink " + NOENT);
  }

  @Test
  void pathsAreChecked() {
    assertThat(
            answers(
                "open 3 nothing 0 2 0",
                "open 3 - 0 2 0",
                "open 3 b.txt/x 0 2 0",
                "open 3 b.txt/ 0 2 0",
                "open 3 b.txt 2 0 0",
                "open 3 nothing/x 0 2 0",
                "open 3 ./sub//./c.txt 0 2 0",
                "open 0 b.txt 0 2 0",
                "open 9 b.txt 0 2 0",
                "open 3 sub 8 2 0",
                "open 3 sub 0 64 0",
                "open 4 a\\b 1 64 0",
                "open 4 a\u007Fb 1 64 0",
                "open 4 x 3 64 0",
                "open 4 x/ 1 64 0",
                "open 4 " + "n".repeat(256) + " 1 64 0",
                "open 4 " + "n/".repeat(2_050) + " 0 2 0"))
        .containsExactly(
            "open " + NOENT,
            "open " + NOENT,
            "open " + NOTDIR,
            "open " + NOTDIR,
            "open " + NOTDIR,
            "open " + NOENT,
            "open 0 5",
            "open " + NOTDIR,
            "open " + BADF,
            "open " + ISDIR,
            "open " + ISDIR,
            "open " + ILSEQ,
            "open " + ILSEQ,
            "open " + INVAL,
            "open " + NOTDIR,
            "open " + NAMETOOLONG,
            "open " + NAMETOOLONG);
  }

  @Test
  void filesAreWrittenAnywhereAndKept() {
    ItemResult result =
        run(
            "mkdir 4 dir",
            "open 4 dir/a.txt 1 66 0",
            "write 5 hello",
            "pwrite 5 J 0",
            "seek 5 8 0",
            "write 5 end",
            "pread 5 20 0",
            "open 4 dir/a.txt 0 66 1",
            "write 6 !",
            "tell 6",
            "flags 6 0",
            "flags 6 64",
            "fdstat 6",
            "open 4 dir/a.txt 5 66 0",
            "open 4 b.txt 9 64 0",
            "write 7 gone",
            "read 7 1",
            "open 4 b.txt 9 64 0",
            "write 8 kept",
            "size 8 2",
            "allocate 8 1 5",
            "allocate 8 0 3",
            "allocate 8 0 0",
            "size 8 18446744073709551615",
            "pwrite 8 x 18446744073709551615",
            "sync 8",
            "times 8",
            "advise 8",
            "rights 8",
            "ptimes 4 b.txt");
    assertThat(answers(result))
        .containsExactly(
            "mkdir 0",
            "open 0 5",
            "write 0 5",
            "pwrite 0 1",
            "seek 0 8",
            "write 0 3",
            "pread 0 11 Jello\0\0\0end",
            "open 0 6",
            "write 0 1",
            "tell 0 12",
            "flags 0",
            "flags " + INVAL,
            "fdstat 0 type 4 flags 0 rights 1073741823 1073741823",
            "open " + EXIST,
            "open 0 7",
            "write 0 4",
            "read " + BADF,
            "open 0 8",
            "write 0 4",
            "size 0",
            "allocate 0",
            "allocate 0",
            "allocate " + INVAL,
            "size " + FBIG,
            "pwrite " + INVAL,
            "sync 0 0",
            "times 0",
            "advise 0",
            "rights 0",
            "ptimes 0");
    assertThat(result.files())
        .containsOnlyKeys("b.txt", "dir/a.txt")
        .containsEntry("b.txt", Bytes.copyOf("ke\0\0\0\0".getBytes(UTF_8)))
        .containsEntry("dir/a.txt", Bytes.copyOf("Jello\0\0\0end!".getBytes(UTF_8)));
  }

  @Test
  void entriesAreMovedAndRemoved() {
    ItemResult result =
        run(
            "mkdir 4 a",
            "mkdir 4 a",
            "mkdir 4 a/b/",
            "open 4 a/f 1 64 0",
            "write 5 moved",
            "rename 4 a/f 4 a/b/g",
            "rename 4 a/b/g 4 a/b/g",
            "rename 4 a 4 a/b/c",
            "rename 4 a/b 4 c",
            "rmdir 4 c",
            "rmdir 4 a",
            "rmdir 4 c/g",
            "unlink 4 c",
            "unlink 4 nothing",
            "mkdir 4 d",
            "rename 4 c/g 4 d",
            "rename 4 c 4 d",
            "open 4 e 1 64 0",
            "rename 4 d 4 e",
            "open 4 f 1 64 0",
            "unlink 4 f",
            "unlink 4 e",
            "write 7 f",
            "mkdir 4 h",
            "rename 4 h 4 d",
            "rename 4 d/g 4 x/y",
            "rename 4 d/g 4 z/",
            "rename 4 . 4 q",
            "rename 4 d/g 4 top");
    assertThat(answers(result))
        .containsExactly(
            "mkdir 0",
            "mkdir " + EXIST,
            "mkdir 0",
            "open 0 5",
            "write 0 5",
            "rename 0",
            "rename 0",
            "rename " + INVAL,
            "rename 0",
            "rmdir " + NOTEMPTY,
            "rmdir 0",
            "rmdir " + NOTDIR,
            "unlink " + ISDIR,
            "unlink " + NOENT,
            "mkdir 0",
            "rename " + ISDIR,
            "rename 0",
            "open 0 6",
            "rename " + NOTDIR,
            "open 0 7",
            "unlink 0",
            "unlink 0",
            "write 0 1",
            "mkdir 0",
            "rename " + NOTEMPTY,
            "rename " + NOENT,
            "rename " + NOTDIR,
            "rename " + INVAL,
            "rename 0");
    assertThat(result.files()).containsOnlyKeys("top");
  }

  @Test
  void directoriesAreListedByTheBytesOfNames() {
    assertThat(
            answers(
                "open 3 . 2 0 0",
                "list 5 4096 0",
                "list 5 4096 3",
                "list 5 60 0",
                "list 5 4096 18446744073709551615",
                "open 3 b.txt 0 2 0",
                "list 6 4096 0",
                "list 0 4096 0",
                "read 5 1",
                "write 5 x",
                "seek 5 0 0"))
        .containsExactly(
            "open 0 5",
            "list 0 used 137 .:3:1 ..:3:2 b.txt:4:3 sub:3:4 ä.txt:4:5",
            "list 0 used 57 sub:3:4 ä.txt:4:5",
            "list 0 used 60 .:3:1 ..:3:2",
            "list 0 used 0",
            "open 0 6",
            "list " + NOTDIR,
            "list " + NOTDIR,
            "read " + ISDIR,
            "write " + ISDIR,
            "seek " + ISDIR);
  }

  @Test
  void statsDependOnNothingOfTheHost() {
    long time = Meter.CLOCK_START;
    assertThat(
            answers(
                "stat 3",
                "pstat 3 b.txt",
                "pstat 3 sub/c.txt",
                "pstat 3 ä.txt",
                "pstat 3 b.txt/",
                "stat 4",
                "open 4 n 1 66 0",
                "write 5 abc",
                "stat 5",
                "stat 0",
                "stat 99",
                "fdstat 0",
                "fdstat 1",
                "fdstat 3"))
        .containsExactly(
            "stat 0 ino 1 type 3 links 1 size 0 mtime " + time,
            "pstat 0 ino 2 type 4 links 1 size 11 mtime " + time,
            "pstat 0 ino 4 type 4 links 1 size 5 mtime " + time,
            "pstat 0 ino 6 type 4 links 1 size 0 mtime " + time,
            "pstat " + NOTDIR,
            "stat 0 ino 4294967296 type 3 links 1 size 0 mtime " + time,
            "open 0 5",
            "write 0 3",
            "stat 0 ino 4294967297 type 4 links 1 size 3 mtime " + time,
            "stat 0 ino 0 type 0 links 1 size 0 mtime " + time,
            "stat " + BADF,
            "fdstat 0 type 0 flags 0 rights 2 1073741823",
            "fdstat 0 type 0 flags 0 rights 64 1073741823",
            "fdstat 0 type 3 flags 0 rights 1073741823 1073741823");
  }

  @Test
  void streamsDoNotSeekAndSocketsAreNotThere() {
    assertThat(
            answers(
                "seek 1 0 1",
                "tell 0",
                "pread 0 1 0",
                "write 0 x",
                "read 1 1",
                "size 1 0",
                "sockets 1",
                "sockets 50",
                "flags 1 1"))
        .containsExactly(
            "seek " + SPIPE,
            "tell " + SPIPE,
            "pread " + SPIPE,
            "write " + BADF,
            "read " + BADF,
            "size " + SPIPE,
            "sockets %d %d %d".formatted(NOTSOCK, NOTSOCK, NOTSOCK),
            "sockets %d %d %d".formatted(BADF, BADF, BADF),
            "flags 0");
  }

  @Test
  void descriptorsAreRenumbered() {
    assertThat(
            answers(
                "open 3 b.txt 0 2 0",
                "renumber 5 3",
                "read 3 5",
                "read 5 5",
                "renumber 3 3",
                "renumber 3 9",
                "renumber 9 3",
                "open 4 x 1 64 0"))
        .containsExactly(
            "open 0 5",
            "renumber 0",
            "read 0 5 hello",
            "read " + BADF,
            "renumber 0",
            "renumber " + BADF,
            "renumber " + BADF,
            "open 0 5");
  }

  @Test
  void openDescriptorsAreBounded() {
    String[] lines = new String[1_021];
    java.util.Arrays.fill(lines, "open 3 b.txt 0 2 0");
    List<String> answers = answers(lines);
    assertThat(answers.get(1_018)).isEqualTo("open 0 1023");
    assertThat(answers.get(1_019)).isEqualTo("open " + MFILE);
  }

  @Test
  void addressesOutsideMemoryAreFaults() {
    assertThat(
            answers(
                "wild 1 4294967295 1",
                "wild 1 4294967280 32",
                "wild 1 0 4294967295",
                "vectors 0 1 4294967294",
                "vectors 0 1025 1024",
                "vectors 0 4294967295 1024"))
        .containsExactly(
            "wild " + FAULT,
            "wild " + FAULT,
            "wild " + FAULT,
            "vectors " + FAULT,
            "vectors " + INVAL,
            "vectors " + INVAL);
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
    assertThat(
            answers(
                "poll 1 0 0 0 1 1000",
                "poll 2 1 0 1 0 0",
                "poll 1 77 0",
                "poll 7 1 0",
                "poll 0 9 0",
                "poll",
                "poll 0 17 1 0 1 0",
                "poll 0 1 18446744073709551615",
                "poll 0 17 18446744073709551615",
                "poll 0 0 1"))
        .containsExactly(
            "poll 0 1:1:0",
            "poll 0 1:2:0 2:1:0",
            "poll " + BADF,
            "poll " + INVAL,
            "poll " + INVAL,
            "poll " + INVAL,
            "poll 0 1:0:0 2:0:0",
            "poll 0 1:0:0",
            "poll 0 1:0:0",
            "poll 0 1:0:0");
  }

  @Test
  void randomBytesComeFromTheSeedAndTheItem() throws Exception {
    Item item =
        new Item(List.of(), new TreeMap<>(), Content.of("random 5\nrandom 40".getBytes(UTF_8)));
    RunRequest request = Runs.request(PROBE, Runs.WIDE, item, item);
    List<ItemResult> results = RUNTIME.run(request).items();
    List<String> first = answers(results.get(0));
    byte[] expected = new SeededRandom(Runs.SEED, 0).next(45);
    String hex = java.util.HexFormat.of().formatHex(expected);
    assertThat(first)
        .containsExactly("random 0 " + hex.substring(0, 10), "random 0 " + hex.substring(10));
    assertThat(answers(results.get(1))).isNotEqualTo(first);
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
    List<String> lines = new java.util.ArrayList<>();
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
