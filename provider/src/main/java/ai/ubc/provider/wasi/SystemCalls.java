package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.SystemCall.Guest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The functions that a program may import: those of WASI preview 1, answering only from the job's
 * input, its seed and the units used.
 *
 * <p>A library's WASI reads the host's clock, file times, directory order and random source in
 * places that its options do not reach; here nothing of the host can be asked at all.
 */
final class SystemCalls {

  /** The module that programs import from. */
  static final String MODULE = "wasi_snapshot_preview1";

  private static final Map<String, Entry> CALLS = new LinkedHashMap<>();

  static {
    ProcessCalls.addTo(CALLS);
    DescriptorCalls.addTo(CALLS);
    PathCalls.addTo(CALLS);
  }

  private SystemCalls() {}

  /** A call and its signature, as {@link ModuleShape.FunctionType#signature} writes it. */
  record Entry(String signature, SystemCall call) {}

  static void add(Map<String, Entry> calls, String name, String signature, SystemCall call) {
    calls.put(name, new Entry(signature, call));
  }

  /**
   * Fails unless all functions that a module imports are there.
   *
   * @throws InvalidProgram when one is not, or has another type
   */
  static void requireKnown(ModuleShape shape) throws InvalidProgram {
    for (ModuleShape.Import imported : shape.imports()) {
      @Nullable Entry entry = imported.module().equals(MODULE) ? CALLS.get(imported.name()) : null;
      if (entry == null) {
        throw new InvalidProgram("import " + imported + " is not provided");
      }
      if (!entry.signature().equals(shape.type(imported.type()).signature())) {
        throw new InvalidProgram("import " + imported + " has another type");
      }
    }
  }

  /** The host's side of a program's imports, for one instance. */
  static final class Binding {
    private @Nullable Guest guest;

    /** Gives the instance to act on, before it runs. */
    void bind(Guest toGuest) {
      this.guest = toGuest;
    }

    /** Functions for every import of a module that {@link #requireKnown} let pass. */
    ImportValues imports(ModuleShape shape) {
      List<ImportFunction> functions = new ArrayList<>();
      for (ModuleShape.Import imported : shape.imports()) {
        Entry entry = CALLS.get(imported.name());
        if (entry == null) {
          throw new IllegalStateException("import " + imported + " was not admitted");
        }
        functions.add(
            new HostFunction(
                imported.module(),
                imported.name(),
                typeOf(entry.signature()),
                (Instance _, long... args) -> answer(entry, args)));
      }
      return ImportValues.builder().addFunction(functions.toArray(new ImportFunction[0])).build();
    }

    private long[] answer(Entry entry, long[] args) {
      Guest current = guest;
      if (current == null) {
        throw new IllegalStateException("a system call before the instance is bound");
      }
      current.meter().charge(Meter.SYSTEM_CALL);
      try {
        entry.call().call(current, args);
        return new long[] {Errno.SUCCESS.number()};
      } catch (SystemCallError e) {
        return new long[] {e.errno().number()};
      }
    }
  }

  private static FunctionType typeOf(String signature) {
    int colon = signature.indexOf(':');
    return FunctionType.of(
        valueTypes(signature.substring(0, colon)), valueTypes(signature.substring(colon + 1)));
  }

  private static List<ValType> valueTypes(String letters) {
    return letters.chars().mapToObj(letter -> letter == 'i' ? ValType.I32 : ValType.I64).toList();
  }
}
