package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Modules made by hand, each for one rule of {@code docs/spec/wasi-1.md}. */
final class GoldenModules {

  /** The most {@link #statements} that a function can have and still be compiled. */
  private static final int STATEMENTS_MAX = 13_103;

  private static final int LARGE_NOPS = 9_000;

  private GoldenModules() {}

  /** The modules by name. */
  static SortedMap<String, byte[]> all() {
    SortedMap<String, byte[]> modules = new TreeMap<>();
    running(modules);
    trapping(modules);
    large(modules);
    refused(modules);
    return modules;
  }

  private static void running(SortedMap<String, byte[]> modules) {
    modules.put("nothing", ModuleBuilder.ofStart());
    modules.put(
        "loop",
        ModuleBuilder.command()
            .function(
                0, "i", 0x41, 0x90, 0xCE, 0, 0x21, 0, // i = 10,000
                0x03, 0x40, 0x20, 0, 0x41, 1, 0x6B, 0x22, 0, 0x0D, 0, 0x0B)
            .build());
    modules.put(
        "not-a-number",
        ModuleBuilder.ofStart(
            0x41, 0, // where the second is stored
            0x43, 0, 0, 0, 0, 0x43, 0, 0, 0, 0, 0x95, 0x43, 0, 0, 0, 0, 0x92, 0x38, 2, 0, //
            0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0xBF, 0x9F, 0x1A));
    modules.put("grow", ModuleBuilder.ofStart(0x41, 5, 0x40, 0, 0x1A));
    modules.put("fill", ModuleBuilder.ofStart(0x41, 0, 0x41, 7, 0x41, 0xC0, 0, 0xFC, 0x0B, 0));
    modules.put(
        "indirect-call",
        ModuleBuilder.command()
            .table(1, 1)
            .elements(0, 1)
            .function(0, "", 0x41, 0, 0x11, 0, 0)
            .function(0, "", 0x01)
            .build());
    modules.put(
        "exit-code",
        new ModuleBuilder()
            .type("", "")
            .type("i", "")
            .importFunction(SystemCalls.MODULE, "proc_exit", 1)
            .memory(0, 1)
            .export("_start", 0, 1)
            .export("memory", 2, 0)
            .function(0, "", 0x41, 7, 0x10, 0)
            .build());
    modules.put(
        "start-section",
        ModuleBuilder.command()
            .global(0)
            .function(0, "", 0x23, 0, 0x45, 0x04, 0x40, 0x00, 0x0B)
            .function(0, "", 0x41, 1, 0x24, 0)
            .start(1)
            .build());
  }

  private static void trapping(SortedMap<String, byte[]> modules) {
    modules.put("unreachable", ModuleBuilder.ofStart(0x00));
    modules.put("endless", ModuleBuilder.ofStart(0x03, 0x40, 0x0C, 0, 0x0B));
    modules.put("recursion", ModuleBuilder.ofStart(0x10, 0));
    modules.put("out-of-memory-bounds", ModuleBuilder.ofStart(0x41, 0x7F, 0x28, 2, 0, 0x1A));
    modules.put("division-by-zero", ModuleBuilder.ofStart(0x41, 1, 0x41, 0, 0x6D, 0x1A));
    modules.put("data-outside", ModuleBuilder.command().function(0, "").data(65_535, "ab").build());
  }

  private static void large(SortedMap<String, byte[]> modules) {
    modules.put(
        "large",
        ModuleBuilder.command()
            .function(0, "", 0x10, 1, 0x10, 1)
            .function(0, "", nops(0x10, 2))
            .function(0, "", 0x10, 3)
            .function(0, "", 0x01)
            .build());
    modules.put(
        "large-with-two-results",
        ModuleBuilder.command()
            .type("", "ii")
            .function(0, "", 0x10, 1, 0x1A, 0x1A)
            .function(1, "", nops(0x41, 1, 0x41, 2))
            .build());
    modules.put("statements-at-most", statements(STATEMENTS_MAX));
    modules.put("statements-too-many", statements(STATEMENTS_MAX + 1));
  }

  /** A function that does nothing for long, and then this. */
  private static int[] nops(int... code) {
    int[] all = new int[LARGE_NOPS + code.length];
    Arrays.fill(all, 0x01);
    System.arraycopy(code, 0, all, LARGE_NOPS, code.length);
    return all;
  }

  /** So many times {@code i32.const 0, i32.eqz, drop}. */
  private static byte[] statements(int count) {
    int[] statement = {0x41, 0, 0x45, 0x1A};
    int[] code = new int[statement.length * count];
    for (int i = 0; i < code.length; i++) {
      code[i] = statement[i % statement.length];
    }
    return ModuleBuilder.ofStart(code);
  }

  private static void refused(SortedMap<String, byte[]> modules) {
    modules.put("no-module", "not a module at all".getBytes(UTF_8));
    modules.put("no-start", new ModuleBuilder().type("", "").memory(0, 1).build());
    modules.put("vector-instruction", ModuleBuilder.ofStart(0xFD, 12));
    modules.put("tail-call", ModuleBuilder.ofStart(0x12, 0));
    modules.put("other-types", ModuleBuilder.ofStart(0x42, 0, 0x41, 0, 0x6A, 0x1A));
    modules.put("two-memories", ModuleBuilder.command().memory(0, 1).function(0, "").build());
    modules.put(
        "too-many-pages",
        ModuleBuilder.command().boundedMemory(4_097, 4_097).function(0, "").build());
    modules.put(
        "foreign-import",
        new ModuleBuilder()
            .type("", "")
            .importFunction("env", "print", 0)
            .memory(0, 1)
            .export("_start", 0, 1)
            .export("memory", 2, 0)
            .function(0, "")
            .build());
  }
}
