package ai.ubc.provider.wasi;

import java.util.List;
import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.InterpreterMachine;
import run.endive.runtime.Machine;
import run.endive.runtime.TableInstance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/**
 * A program that was admitted: checked, metered, compiled. Immutable; instances of it share
 * nothing.
 */
final class WasiProgram {

  /** How a program's code is executed. Results do not depend on it. */
  enum Execution {
    /** As JVM bytecode. */
    COMPILED,
    /** By an interpreter, a thousand times slower: for comparison in tests. */
    INTERPRETED
  }

  private final ModuleShape shape;
  private final MeterIndices meterIndices;
  private final WasmModule module;
  private final WasmModule marksModule;
  private final Function<Instance, Machine> machines;

  private WasiProgram(
      ModuleShape shape,
      WasmModule module,
      WasmModule marksModule,
      Function<Instance, Machine> machines) {
    this.shape = shape;
    this.meterIndices = ModuleRewriter.indicesOf(shape);
    this.module = module;
    this.marksModule = marksModule;
    this.machines = machines;
  }

  /**
   * Checks, meters and compiles a module.
   *
   * @throws InvalidProgram when it is refused: the same on every machine
   */
  static WasiProgram admit(ModuleShape shape, Execution execution) throws InvalidProgram {
    SystemCalls.requireKnown(shape);
    // Rewriting comes first: it bounds every count that the parser is about to trust.
    byte[] metered = ModuleRewriter.rewrite(shape);
    validate(shape.bytes());
    WasmModule module = Parser.parse(metered);
    WasmModule marksModule = Parser.parse(ModuleRewriter.marks(shape));
    return new WasiProgram(shape, module, marksModule, machinesOf(module, execution));
  }

  private static void validate(byte[] bytes) throws InvalidProgram {
    try {
      Parser.parse(bytes);
    } catch (RuntimeException e) {
      // The parser meets malformed modules with exceptions of many kinds.
      throw new InvalidProgram("the module is not valid: " + e.getMessage(), e);
    }
  }

  private static Function<Instance, Machine> machinesOf(WasmModule module, Execution execution)
      throws InvalidProgram {
    return switch (execution) {
      case INTERPRETED -> InterpreterMachine::new;
      case COMPILED -> {
        try {
          yield MachineFactoryCompiler.builder(module)
              .withInterpreterFallback(InterpreterFallback.FAIL)
              .compile();
        } catch (RuntimeException e) {
          // The compiler says with exceptions of several kinds that a method or class is too large.
          throw new InvalidProgram("a part of the module is too large to be compiled", e);
        }
      }
    };
  }

  MeterIndices meterIndices() {
    return meterIndices;
  }

  /** Pages that its memory starts with. */
  int memoryPagesMin() {
    return shape.memoryPagesMin();
  }

  /** Units for starting an item: its memory and tables are made. */
  long startUnits() {
    long elements = shape.tables().stream().mapToLong(ModuleShape.TableType::min).sum();
    return Meter.ITEM + (long) Meter.PAGE * shape.memoryPagesMin() + Meter.TABLE_ELEMENT * elements;
  }

  /**
   * A fresh instance: memory and tables as the module declares them, nothing run.
   *
   * @throws WasmEngineException when its data or elements do not fit
   */
  Instance instantiate(SystemCalls.Binding calls, int memoryPagesMax) {
    int pagesMax = Math.min(shape.memoryPagesMax(), memoryPagesMax);
    return Instance.builder(module)
        .withMachineFactory(machines)
        .withImportValues(calls.imports(shape))
        .withMemoryLimits(new MemoryLimits(shape.memoryPagesMin(), pagesMax))
        .withMemoryFactory(ByteArrayMemory::new)
        .withTableFactory(WasiProgram::freshTable)
        .withStart(false)
        .build();
  }

  /**
   * A table grows its limits with it, and they belong to the module: each instance gets its own.
   */
  private static TableInstance freshTable(Table table, int initialValue) {
    TableLimits limits = new TableLimits(table.limits().min(), table.limits().max());
    return new TableInstance(
        new Table(table.elementType(), limits, table.initialize()), initialValue);
  }

  /** Has an instance call the host where a mark is due. */
  void bindMarks(Instance instance, Runnable mark) {
    HostFunction function =
        new HostFunction(
            "ubc",
            "mark",
            FunctionType.of(List.of(), List.of()),
            (Instance _, long... _) -> {
              mark.run();
              return new long[0];
            });
    Instance host =
        Instance.builder(marksModule)
            .withImportValues(ImportValues.builder().addFunction(function).build())
            .build();
    instance.table(meterIndices.markTable()).setRef(0, 0, host);
  }

  /** Runs an instance from its start to its end. */
  void start(Instance instance) {
    if (shape.startFunction() >= 0) {
      instance.getMachine().call(shape.startFunction(), new long[0]);
    }
    instance.export("_start").apply();
  }
}
