package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static void assertRefused(String reason, byte[] module) {
    assertThatExceptionOfType(InvalidProgram.class)
        .as(reason)
        .isThrownBy(() -> Runs.admit(module, Execution.INTERPRETED))
        .withMessageContaining(reason);
  }

  private static ModuleBuilder command() {
    return ModuleBuilder.command();
  }

  /** A module of one function with raw bytes as its body. */
  private static byte[] ofBody(int... body) {
    byte[] module = command().function(0, "").build();
    // The builder ends with the code section: id, size, count, size of the body, 0 locals, end.
    byte[] head = Arrays.copyOf(module, module.length - 6);
    ByteWriter code = ModuleBuilder.bytes(1).writeU32(body.length).write(ModuleBuilder.bytes(body));
    return new ByteWriter(64)
        .write(head, 0, head.length)
        .writeByte(10)
        .writeU32(code.length())
        .write(code)
        .toArray();
  }

  @Test
  void whatIsNotAModuleIsRefused() {
    assertRefused("not a WebAssembly module", new byte[0]);
    assertRefused("not a WebAssembly module", "#!/bin/sh\n echo".getBytes(UTF_8));
    assertRefused(
        "not a WebAssembly module of version 1", new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0});
    assertRefused("does not export a function _start", new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
  }

  @Test
  void aCommandExportsItsStartAndItsMemory() {
    assertRefused(
        "does not export its memory",
        new ModuleBuilder()
            .type("", "")
            .memory(0, 1)
            .export("_start", 0, 0)
            .function(0, "")
            .build());
    assertRefused(
        "does not export its memory",
        new ModuleBuilder().type("", "").export("_start", 0, 0).function(0, "").build());
    assertRefused(
        "_start takes parameters",
        new ModuleBuilder()
            .type("i", "")
            .memory(0, 1)
            .export("_start", 0, 0)
            .export("memory", 2, 0)
            .function(0, "")
            .build());
    assertRefused("export _start is of something", command().build());
    assertRefused(
        "_start of its own",
        command()
            .type("i", "")
            .importFunction(SystemCalls.MODULE, "proc_exit", 1)
            .function(0, "")
            .build());
    for (int kind : new int[] {0, 1, 2, 3, 4}) {
      assertRefused(
          "export x is of something that is not there",
          command().export("x", kind, 1).function(0, "").build());
    }
    assertRefused(
        "two exports are named memory", command().export("memory", 2, 0).function(0, "").build());
    assertRefused("the start function", command().function(0, "").start(1).build());
    assertRefused(
        "the start function",
        command().type("i", "").function(0, "").function(1, "").start(1).build());
  }

  @Test
  void anImportIsOneOfWasi() {
    Map<String, byte[]> refused =
        Map.of(
            "import env.print is not provided",
            command().importFunction("env", "print", 0).function(0, "").build(),
            "import wasi_snapshot_preview1.fd_dance is not provided",
            command().importFunction(SystemCalls.MODULE, "fd_dance", 0).function(0, "").build(),
            "import wasi_snapshot_preview1.fd_close has another type",
            command().importFunction(SystemCalls.MODULE, "fd_close", 0).function(0, "").build(),
            "import env.memory is not a function",
            command().importMemory("env", "memory").function(0, "").build());
    refused.forEach((reason, module) -> {
      // An import shifts the function that _start names: exported is the one after it.
      byte[] shifted = module.clone();
      int at = indexOf(shifted, "_start") + "_start".length() + 1;
      shifted[at] = (byte) (reason.contains("memory") ? 0 : 1);
      assertRefused(reason, shifted);
    });
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, ISO_8859_1).indexOf(text);
  }

  @Test
  void featuresOffTheListAreRefused() {
    assertRefused("not exactly one memory", command().memory(0, 1).function(0, "").build());
    assertRefused(
        "shared or 64-bit limits",
        new ModuleBuilder()
            .type("", "")
            .memory(3, 1)
            .export("_start", 0, 0)
            .export("memory", 2, 0)
            .function(0, "")
            .build());
    assertRefused(
        "a value type that is not allowed", command().type("v", "").function(0, "").build());
    assertRefused(
        "a value type that is not allowed", command().rawGlobal(0x7B, 0).function(0, "").build());
    assertRefused(
        "not a constant", command().rawGlobal(0x7F, 0, 0x10, 0, 0x0B).function(0, "").build());
    assertRefused(
        "neither constant nor variable",
        command().rawGlobal(0x7F, 2, 0x41, 0, 0x0B).function(0, "").build());
    // SIMD, atomics, tail call, exceptions, an unknown instruction
    for (int[] code :
        new int[][] {{0xFD, 12}, {0xFE, 0}, {0x12, 0}, {0x06, 0x40}, {0xFC, 18}, {0x27}}) {
      assertRefused("an instruction that is not allowed", ModuleBuilder.ofStart(code));
    }
    assertRefused("a memory other than the first", ModuleBuilder.ofStart(0x41, 0, 0x40, 1, 0x1A));
    assertRefused("an alignment", ModuleBuilder.ofStart(0x41, 0, 0x28, 0x42, 0, 0, 0x1A));
    assertRefused("a select of other than one", ModuleBuilder.ofStart(0x1C, 2, 0x7F, 0x7F));
    assertRefused("a reference type that is not", ModuleBuilder.ofStart(0xD0, 0x7F, 0x1A));
    assertRefused("section 13 is not allowed", withSection(13, 0));
  }

  private static byte[] withSection(int id, int... content) {
    byte[] module = command().function(0, "").build();
    return new ByteWriter(64)
        .write(module, 0, module.length)
        .writeByte(id)
        .writeU32(content.length)
        .write(ModuleBuilder.bytes(content))
        .toArray();
  }

  @Test
  void sectionsComeOnceAndInOrder() {
    assertRefused("section 1 is out of order", withSection(1, 0));
    assertRefused("longer than its content", withSection(11, 0, 0));
    assertRefused("a data segment of unknown form", withSection(11, 1, 3));
    assertRefused("more elements than bytes", withSection(11, 2));
    assertRefused("number too large", withSection(11, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F));
    assertRefused("number too large", withSection(11, 0x80, 0x80, 0x80, 0x80, 0x80, 0));
  }

  @Test
  void codeIsWellFormed() {
    assertRefused("unexpected end", ofBody(0));
    assertRefused("unexpected end", ofBody(0, 0x41));
    assertRefused("code after the end", ofBody(0, 0x0B, 0x0B));
    assertRefused("else without if", ofBody(0, 0x05, 0x0B));
    assertRefused("a branch to no block", ofBody(0, 0x0C, 1, 0x0B));
    assertRefused("there is no function 7", ofBody(0, 0x10, 7, 0x0B));
    assertRefused("there is no type 7", ofBody(0, 0x41, 0, 0x11, 7, 0, 0x0B));
    assertRefused("there is no type 7", ofBody(0, 0x02, 7, 0x0B, 0x0B));
    assertRefused("a block type that is not allowed", ofBody(0, 0x02, 0x80, 0x7F, 0x0B, 0x0B));
    assertRefused("number too long", ofBody(0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0x0B));
  }

  @Test
  void typesOfOperandsAreValidated() {
    assertRefused("the module is not valid", ModuleBuilder.ofStart(0x42, 0, 0x41, 0, 0x6A, 0x1A));
    assertRefused("the module is not valid", ModuleBuilder.ofStart(0x1A));
  }

  @Test
  void whatMeteringAddsCanNotBeNamed() {
    // The first added global, local and function, by the index that they get.
    assertRefused("the module is not valid", ModuleBuilder.ofStart(0x42, 0, 0x24, 0));
    assertRefused("the module is not valid", ModuleBuilder.ofStart(0x41, 0, 0x21, 0));
    assertRefused("there is no function 1", ModuleBuilder.ofStart(0x41, 0, 0x10, 1, 0x1A));
    assertRefused("the module is not valid", ModuleBuilder.ofStart(0xD2, 1, 0x1A));
    assertRefused(
        "the module is not valid", command().table(1, 1).elements(0, 1).function(0, "").build());
    assertRefused(
        "export x is of something that is not there",
        command().export("x", 3, 0).function(0, "").build());
  }

  @Test
  void sizesAreBounded() {
    ModuleBuilder manyTypes = command();
    for (int i = 0; i < AdmissionLimits.TYPES_MAX; i++) {
      manyTypes.type("", "");
    }
    assertRefused("1025 types, more than the 1024 allowed", manyTypes.function(0, "").build());
    ModuleBuilder manyFunctions = command();
    for (int i = 0; i < 200; i++) {
      manyFunctions.type("", "");
    }
    for (int i = 0; i < 400; i++) {
      manyFunctions.function(0, "");
    }
    assertRefused("80400 functions of equal types", manyFunctions.build());
    ModuleBuilder manyPairs = command();
    for (int i = 0; i < 1_023; i++) {
      manyPairs.type(letters(i), "");
    }
    for (int i = 0; i < 2_049; i++) {
      manyPairs.function(0, "");
    }
    assertRefused("pairs of a type and a function", manyPairs.build());
    assertRefused(
        "parameters",
        command().type("i".repeat(AdmissionLimits.PARAMETERS_MAX + 1), "").function(0, "").build());
    assertRefused("pages of memory", command().boundedMemory(4_097, 4_097).function(0, "").build());
    assertRefused("a memory's largest size", command().boundedMemory(2, 1).function(0, "").build());
    assertRefused("a table's least size", command().table(2, 1).function(0, "").build());
    assertRefused("elements of a table", command().table(65_537, 65_537).function(0, "").build());
    assertRefused("locals of function 0", ofBody(1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F, 0x0B));
    int[] nested = new int[2 * (AdmissionLimits.NESTING_MAX + 1)];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x02;
      nested[i + 1] = 0x40;
    }
    assertRefused("nested blocks", ModuleBuilder.ofStart(nested));
    assertRefused("bytes", new byte[AdmissionLimits.MODULE_BYTES_MAX + 1]);
  }

  /** A list of ten types, another for each number below 1,024. */
  private static String letters(int number) {
    StringBuilder letters = new StringBuilder();
    for (int bit = 0; bit < 10; bit++) {
      letters.append((number >> bit & 1) == 0 ? 'i' : 'I');
    }
    return letters.toString();
  }

  @Test
  void aFunctionTooLargeForTheCompilerIsRefused() {
    int[] code = new int[80_000];
    for (int i = 0; i < code.length; i += 4) {
      // i32.const 0, i32.eqz, drop
      System.arraycopy(new int[] {0x41, 0, 0x45, 0x1A}, 0, code, i, 4);
    }
    byte[] module = ModuleBuilder.ofStart(code);
    assertThatExceptionOfType(InvalidProgram.class)
        .isThrownBy(() -> Runs.admit(module, Execution.COMPILED))
        .withMessageContaining("too large to be compiled");
  }

  @Test
  void aRefusedProgramIsATrapOfEveryItemAndPaysItsAdmission() {
    byte[] module = "not a module at all".getBytes(UTF_8);
    RunResult result =
        Runs.run(Execution.COMPILED, Runs.request(module, Runs.WIDE, Item.of(), Item.of()));
    assertThat(result.units()).isEqualTo(Meter.jobUnits(module.length));
    assertThat(result.items()).hasSize(2);
    assertThat(result.items().getLast().outcome())
        .isEqualTo(new Outcome.Trap(TrapKind.INVALID_PROGRAM));
    assertThat(result.items().getLast().detail())
        .isEqualTo("not a WebAssembly module of version 1");
  }

  @Test
  void aStartSectionRunsFirst() {
    // The start function sets the global; _start traps unless it is set.
    byte[] module =
        command()
            .global(0)
            .function(0, "", 0x23, 0, 0x45, 0x04, 0x40, 0x00, 0x0B)
            .function(0, "", 0x41, 1, 0x24, 0)
            .start(1)
            .build();
    assertThat(Runs.item(module).outcome()).isEqualTo(new Outcome.Exit(0));
  }

  @Test
  void aMutatedModuleIsRefusedOrRunsToAnOutcome() {
    int ran = 0;
    for (String name : new String[] {"compute.wasm", "probe.wasm"}) {
      byte[] original = Runs.resource(name);
      // Too few units for a recursion as deep as the interpreter's stack.
      long units = Meter.jobUnits(original.length) + 3_000_000;
      for (long seed = 0; seed < 100; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] module = original.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          module[random.nextInt(8, module.length)] = (byte) random.nextInt();
        }
        // A fault, which would say that the runtime broke, fails the test inside.
        RunResult result =
            Runs.run(
                Execution.INTERPRETED,
                Runs.request(module, new Limits(units, 64, 1 << 16), Item.of("x")));
        assertThat(result.units()).as("seed %d of %s", seed, name).isLessThanOrEqualTo(units);
        if (!result
            .items()
            .getFirst()
            .outcome()
            .equals(new Outcome.Trap(TrapKind.INVALID_PROGRAM))) {
          ran++;
        }
      }
    }
    assertThat(ran).isGreaterThan(10);
  }
}
