package ai.ubc.provider.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Programs that want more than their share. Each ends in its outcome, is paid for by the rule, and
 * leaves the worker that it ran in as it was: {@link #thePoolIsAsBefore} runs after each.
 */
class HostileProgramsTest {

  private static final Outcome INVALID = new Outcome.Trap(TrapKind.INVALID_PROGRAM);
  private static final byte[] HOSTILE = Both.resource("hostile.wasm");

  /** Some ten seconds of work at most, and little room. */
  private static final Limits LIMITS = new Limits(1_000_000_000, 1_024, 1 << 20);

  private static final WorkerPool POOL =
      new WorkerPool(new WorkerSettings(1, Duration.ofMinutes(5), Duration.ofMinutes(5), 768, 200));

  private static final RunRequest FRIENDLY =
      request(Both.resource("streams.wasm"), LIMITS, Item.of("7"));

  private static final RunResult BEFORE = run(FRIENDLY);

  @AfterEach
  void thePoolIsAsBefore() {
    assertThat(run(FRIENDLY)).isEqualTo(BEFORE);
  }

  @AfterAll
  static void close() {
    POOL.close();
  }

  private static RunRequest request(byte[] module, Limits limits, Item... items) {
    return new RunRequest(Content.of(module), List.of(items), Optional.empty(), limits, Seed.ZERO);
  }

  private static RunResult run(RunRequest request) {
    try {
      return POOL.run(request);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static RunResult hostile(String what) {
    return run(request(HOSTILE, LIMITS, Item.of(what)));
  }

  private static ItemResult only(RunResult result) {
    assertThat(result.items()).hasSize(1);
    return result.items().getFirst();
  }

  @Test
  void whatNeverEndsUsesUpItsUnitsAndPaysThemAll() {
    for (String what : List.of("loop", "sleep", "random")) {
      RunResult result = hostile(what);
      assertThat(only(result).outcome()).isEqualTo(new Outcome.OutOfUnits());
      assertThat(result.units()).isEqualTo(LIMITS.unitsMax());
    }
  }

  @Test
  void recursionWithoutEndTraps() {
    // Its frames are in memory, below the data, so it runs out of memory before it is too deep.
    RunResult result = hostile("stack");
    assertThat(only(result).outcome()).isEqualTo(new Outcome.Trap(TrapKind.MEMORY_BOUNDS));
    assertThat(only(result).detail()).isEqualTo("MEMORY_BOUNDS");
    assertThat(result.units()).isBetween(1L, LIMITS.unitsMax());
    RunResult deep =
        run(request(Both.resource("limits.wasm"), LIMITS, Item.of("deep", "2000000000")));
    assertThat(only(deep).outcome()).isEqualTo(new Outcome.Trap(TrapKind.CALL_DEPTH));
    assertThat(deep.units()).isBetween(1L, LIMITS.unitsMax());
  }

  @Test
  void aMemoryBombIsToldThatThereIsNoMore() {
    RunResult result = hostile("memory");
    assertThat(only(result).outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(only(result).stdout().toUtf8()).isEqualTo("there is no more\n");
  }

  @Test
  void tenGigabytesOfOutputEndAtTheLimit() {
    for (String what : List.of("output", "sparse", "files", "directories")) {
      RunResult result = hostile(what);
      ItemResult item = only(result);
      assertThat(item.outcome()).as(what).isEqualTo(new Outcome.OutputLimit());
      long bytes = (long) item.stdout().length() + item.stderr().length();
      bytes += item.files().values().stream().mapToLong(file -> file.length() + 4_096L).sum();
      assertThat(bytes).as(what).isLessThanOrEqualTo(LIMITS.outputBytesMax());
      assertThat(result.units()).as(what).isBetween(1L, LIMITS.unitsMax());
    }
  }

  @Test
  void descriptorsAreBounded() {
    RunResult result = hostile("descriptors");
    assertThat(only(result).outcome()).isEqualTo(new Outcome.Exit(0));
    assertThat(only(result).stdout().toUtf8())
        .isEqualTo("1019 directories are open, then: No file descriptors available\n");
  }

  @Test
  void crashesAreTraps() {
    assertThat(only(hostile("abort")).outcome()).isEqualTo(new Outcome.Trap(TrapKind.UNREACHABLE));
    assertThat(only(hostile("wild")).outcome()).isEqualTo(new Outcome.Trap(TrapKind.MEMORY_BOUNDS));
  }

  @Test
  void anItemThatRunsAwayTakesTheUnitsOfThoseAfterItAndNothingElse() {
    RunResult result = run(request(HOSTILE, LIMITS, Item.of(""), Item.of("loop"), Item.of("")));
    assertThat(result.items())
        .extracting(ItemResult::outcome)
        .containsExactly(new Outcome.Exit(0), new Outcome.OutOfUnits(), new Outcome.OutOfUnits());
    assertThat(result.items().getLast().units()).isZero();
    assertThat(result.units()).isEqualTo(LIMITS.unitsMax());
  }

  private static void assertRefused(byte[] module, String reason) {
    RunResult result = run(request(module, LIMITS, Item.of(), Item.of()));
    for (ItemResult item : result.items()) {
      assertThat(item.outcome()).isEqualTo(INVALID);
      assertThat(item.detail()).contains(reason);
      assertThat(item.units()).isZero();
    }
    // What looking at it costs, by its length; a refusal is no way to have work done for nothing.
    assertThat(result.units()).isBetween(100_000L + 50L * module.length, LIMITS.unitsMax());
  }

  @Test
  void whatIsNoModuleIsRefused() {
    assertRefused(new byte[0], "not a WebAssembly module");
    assertRefused("#!/bin/sh\nrm -rf /\n".getBytes(UTF_8), "not a WebAssembly module");
    byte[] version2 = HOSTILE.clone();
    version2[4] = 2;
    assertRefused(version2, "not a WebAssembly module of version 1");
    byte[] zeros = new byte[100_000];
    System.arraycopy(HOSTILE, 0, zeros, 0, 8);
    assertRefused(zeros, "the program does not export a function _start of its own");
  }

  @Test
  void aTruncatedModuleIsRefused() {
    for (int length = 0; length < HOSTILE.length; length += 1 + HOSTILE.length / 40) {
      RunResult result = run(request(Arrays.copyOf(HOSTILE, length), LIMITS, Item.of()));
      assertThat(only(result).outcome()).as("%d bytes", length).isEqualTo(INVALID);
      assertThat(only(result).detail()).as("%d bytes", length).isNotEmpty();
    }
  }

  @Test
  void aHugeModuleIsRefusedOrCanNotBePaidFor() {
    byte[] huge = Arrays.copyOf(HOSTILE, (16 << 20) + 1);
    Limits rich = new Limits(1L << 40, 1_024, 1 << 20);
    RunResult refused = run(request(huge, rich, Item.of()));
    assertThat(only(refused).outcome()).isEqualTo(INVALID);
    assertThat(only(refused).detail()).isEqualTo("16777217 bytes, more than the 16777216 allowed");
    RunResult unpaid = run(request(huge, new Limits(1_000_000, 16, 1 << 20), Item.of()));
    assertThat(only(unpaid).outcome()).isEqualTo(new Outcome.OutOfUnits());
    assertThat(unpaid.units()).isEqualTo(1_000_000);
  }

  @Test
  void importsThatAreNotThereAreRefused() {
    assertRefused(module(importing("env", "system"), 0x0B), "import env.system is not provided");
    assertRefused(
        module(importing("wasi_snapshot_preview1", "proc_raise"), 0x0B),
        "import wasi_snapshot_preview1.proc_raise is not provided");
    assertRefused(
        module(importing("wasi_snapshot_preview1", "proc_exit"), 0x0B),
        "import wasi_snapshot_preview1.proc_exit has another type");
  }

  @Test
  void aProgramThatWantsMoreMemoryThanTheJobHasIsRefused() {
    RunResult result = run(request(HOSTILE, new Limits(1L << 40, 2, 1 << 20), Item.of()));
    assertThat(only(result).outcome()).isEqualTo(INVALID);
    assertThat(only(result).detail())
        .matches("the program needs \\d+ pages of memory, the job allows 2");
  }

  @Test
  void aFunctionOfAHundredThousandStatementsIsRefused() {
    // i32.const 0, i32.const 7, i32.store: nothing that a compiler could leave out.
    int[] statement = {0x41, 0, 0x41, 7, 0x36, 2, 0};
    assertRefused(
        module(new byte[0], repeated(statement, 100_000)),
        "bytes of a function, more than the 524288 allowed");
    int[] shorter = {0x41, 7, 0x24, 0};
    assertRefused(
        module(new byte[0], repeated(shorter, 100_000)),
        "a part of the module is too large to be compiled");
  }

  private static int[] repeated(int[] statement, int times) {
    int[] code = new int[statement.length * times + 1];
    for (int i = 0; i < times; i++) {
      System.arraycopy(statement, 0, code, i * statement.length, statement.length);
    }
    code[code.length - 1] = 0x0B;
    return code;
  }

  /** One import of a function without parameters or results. */
  private static byte[] importing(String module, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    out.write(module.length());
    out.writeBytes(module.getBytes(UTF_8));
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(0);
    out.write(0);
    return out.toByteArray();
  }

  /** A command whose start has this code, with one variable and one page of memory. */
  private static byte[] module(byte[] imports, int... code) {
    int start = imports.length > 0 ? 1 : 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    section(out, 1, new byte[] {1, 0x60, 0, 0});
    if (imports.length > 0) {
      section(out, 2, imports);
    }
    section(out, 3, new byte[] {1, 0});
    section(out, 5, new byte[] {1, 0, 1});
    section(out, 6, new byte[] {1, 0x7F, 1, 0x41, 0, 0x0B});
    ByteArrayOutputStream exports = new ByteArrayOutputStream();
    exports.write(2);
    export(exports, "_start", 0, start);
    export(exports, "memory", 2, 0);
    section(out, 7, exports.toByteArray());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(1);
    writeU32(body, code.length + 1);
    body.write(0);
    for (int b : code) {
      body.write(b);
    }
    section(out, 10, body.toByteArray());
    return out.toByteArray();
  }

  private static void export(ByteArrayOutputStream out, String name, int kind, int index) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(kind);
    out.write(index);
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] content) {
    out.write(id);
    writeU32(out, content.length);
    out.writeBytes(content);
  }

  private static void writeU32(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
