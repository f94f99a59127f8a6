package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.wasi.FileNode.Directory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** Runs one item: a fresh instance of a program, from its start to its end. */
final class ItemRun {

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
  private final @Nullable MarkRule marks;
  private @Nullable Marking marking;

  ItemRun(WasiProgram program, long unitsMax, int memoryPagesMax, @Nullable MarkRule marks) {
    this.program = program;
    this.unitsMax = unitsMax;
    this.memoryPagesMax = memoryPagesMax;
    this.marks = marks;
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
          context.outputDirectory().collect("", files) ? end.outcome() : new Outcome.OutputLimit();
      return new ItemResult(
          outcome,
          end.units(),
          context.stdout().toBytes(),
          context.stderr().toBytes(),
          files,
          end.detail(),
          marking == null ? List.of() : marking.marks());
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
    if (marks != null) {
      Marking taking =
          new Marking(marks, instance, program.meterIndices(), meter, context, startUnits);
      program.bindMarks(instance, taking::mark);
      marking = taking;
    }
    try {
      program.start(instance);
      return End.of(new Outcome.Exit(0), startUnits + meter.used());
    } catch (ProgramEnded e) {
      return End.of(e.outcome(), startUnits + meter.used());
    } catch (WasmInterruptedException e) {
      throw e;
    } catch (WasmEngineException e) {
      long units = startUnits + meter.drawn();
      if (meter.endedOutOfUnits()) {
        return End.of(new Outcome.OutOfUnits(), units);
      }
      TrapKind kind = meter.endedTooDeep() ? TrapKind.CALL_DEPTH : kindOf(e);
      return new End(new Outcome.Trap(kind), units, kind.name());
    }
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
