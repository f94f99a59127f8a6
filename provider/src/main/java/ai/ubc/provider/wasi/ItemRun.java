package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.wasi.FileNode.Directory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** Runs one item: a fresh instance of a program, from its start to its end. */
final class ItemRun {

  /** A file deeper than this is more than an item may leave; it would not fit a result's bundle. */
  private static final int PATH_BYTES_MAX = 900;

  private static final Map<String, TrapKind> KINDS =
      Map.of(
          "Trapped on unreachable instruction", TrapKind.UNREACHABLE,
          "out of bounds memory access", TrapKind.MEMORY_BOUNDS,
          "integer divide by zero", TrapKind.DIVIDE_BY_ZERO,
          "integer overflow", TrapKind.INTEGER_OVERFLOW,
          "invalid conversion to integer", TrapKind.INVALID_CONVERSION,
          "out of bounds table access", TrapKind.TABLE_BOUNDS,
          "undefined element", TrapKind.INDIRECT_CALL,
          "uninitialized element", TrapKind.INDIRECT_CALL,
          "indirect call type mismatch", TrapKind.INDIRECT_CALL);

  private final WasiProgram program;
  private final long unitsMax;
  private final int memoryPagesMax;

  ItemRun(WasiProgram program, long unitsMax, int memoryPagesMax) {
    this.program = program;
    this.unitsMax = unitsMax;
    this.memoryPagesMax = memoryPagesMax;
  }

  /** How an item ended, and what it cost. */
  private record End(Outcome outcome, long units, String detail) {
    static End of(Outcome outcome, long units) {
      return new End(outcome, units, "");
    }
  }

  /**
   * Runs the item.
   *
   * @throws WasmInterruptedException when the thread was interrupted
   * @throws RuntimeException when the host failed
   */
  ItemResult run(Item item, Directory input, SeededRandom random, long outputBytesMax) {
    try (ItemContext context = new ItemContext(item, input, random, outputBytesMax)) {
      long startUnits = program.startUnits();
      End end =
          startUnits > unitsMax
              ? End.of(new Outcome.OutOfUnits(), unitsMax)
              : start(context, startUnits);
      SortedMap<String, Bytes> files = new TreeMap<>();
      Outcome outcome =
          collect(context.outputDirectory(), "", files) ? end.outcome() : new Outcome.OutputLimit();
      return new ItemResult(
          outcome,
          end.units(),
          context.stdout().toBytes(),
          context.stderr().toBytes(),
          files,
          end.detail());
    }
  }

  private End start(ItemContext context, long startUnits) {
    SystemCalls.Binding calls = new SystemCalls.Binding();
    Instance instance;
    try {
      instance = program.instantiate(calls, memoryPagesMax);
    } catch (WasmEngineException e) {
      return new End(new Outcome.Trap(kindOf(e)), startUnits, "data or elements do not fit");
    }
    UnitMeter meter = new UnitMeter(instance, program.meterIndices(), unitsMax - startUnits);
    calls.bind(new SystemCall.Guest(context, new GuestMemory(instance.memory()), meter));
    try {
      program.start(instance);
      return End.of(new Outcome.Exit(0), startUnits + meter.used());
    } catch (ProgramEnded e) {
      return End.of(e.outcome(), startUnits + meter.used());
    } catch (WasmInterruptedException e) {
      throw e;
    } catch (WasmEngineException e) {
      long units = startUnits + meter.usedByTrap();
      if (meter.endedOutOfUnits()) {
        return End.of(new Outcome.OutOfUnits(), units);
      }
      TrapKind kind = meter.endedTooDeep() ? TrapKind.CALL_DEPTH : kindOf(e);
      return new End(new Outcome.Trap(kind), units, kind.name());
    }
  }

  /**
   * Adds the files below a directory; false when a path is too long, and what it leads to is left
   * out.
   */
  private static boolean collect(
      Directory directory, String prefix, SortedMap<String, Bytes> files) {
    boolean complete = true;
    for (Map.Entry<String, FileNode> entry : directory.children().entrySet()) {
      String path = prefix + entry.getKey();
      if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
        complete = false;
        continue;
      }
      switch (entry.getValue()) {
        case Directory child -> complete &= collect(child, path + '/', files);
        case FileNode.OutputFile file -> files.put(path, file.content().toBytes());
        case FileNode.InputFile _ ->
            throw new IllegalStateException("an input file among the output: " + path);
      }
    }
    return complete;
  }

  /**
   * The kind of a trap, by the message that the engine gives it in compiled and interpreted code.
   */
  private static TrapKind kindOf(WasmEngineException e) {
    String message = messageOf(e);
    for (Map.Entry<String, TrapKind> entry : KINDS.entrySet()) {
      if (message.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    throw new IllegalStateException("the engine failed", e);
  }

  private static String messageOf(WasmEngineException e) {
    return Objects.requireNonNullElse(e.getMessage(), "");
  }
}
