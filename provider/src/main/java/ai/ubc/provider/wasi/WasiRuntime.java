package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.TrapKind;
import ai.ubc.provider.wasi.FileNode.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs WASI preview 1 programs in this process, by the rules of {@code docs/spec/wasi-1.md}.
 *
 * <p>A program can not reach outside what it is given, but it can use this process's memory and
 * time up to what its limits and units allow; {@code WorkerPool} puts a process of its own around
 * it.
 */
public final class WasiRuntime implements JobRuntime {

  /**
   * The rules this runtime follows; two runtimes agree on results and units under the same rules
   * only.
   */
  public static final String VERSION = Meter.VERSION;

  /**
   * Frames of nested calls live on the stack of the thread that runs a program. A slot of {@link
   * Meter#frameSlots} takes at most 64 bytes of it, interpreted or compiled, so the stack can not
   * end before the slots do. Memory that is not used is not taken.
   */
  private static final long STACK_BYTES = 64L * Meter.FRAME_SLOTS_MAX;

  private static final int PROGRAMS_KEPT = 4;

  private final WasiProgram.Execution execution;
  private final MarkRule markRule;
  private final Map<Bytes, WasiProgram> programs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, WasiProgram> eldest) {
          return size() > PROGRAMS_KEPT;
        }
      };

  /** A runtime that compiles programs; it keeps the last few. */
  public WasiRuntime() {
    this(WasiProgram.Execution.COMPILED, MarkRule.STANDARD);
  }

  WasiRuntime(WasiProgram.Execution execution, MarkRule markRule) {
    this.execution = execution;
    this.markRule = markRule;
  }

  @Override
  public RunResult run(RunRequest request) throws ProviderFault, InterruptedException {
    FutureTask<RunResult> task = new FutureTask<>(() -> runHere(request));
    Thread thread = new Thread(null, task, "wasi", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    } catch (ExecutionException e) {
      throw faultOf(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static ProviderFault faultOf(Throwable cause) {
    return switch (cause) {
      case ProviderFault fault -> fault;
      case UncheckedIOException e ->
          new ProviderFault(ProviderFault.Kind.INPUT, "an input file can not be read", e);
      case OutOfMemoryError e ->
          new ProviderFault(ProviderFault.Kind.OUT_OF_MEMORY, "the process is out of memory", e);
      default ->
          new ProviderFault(ProviderFault.Kind.INTERNAL, "the runtime failed: " + cause, cause);
    };
  }

  private RunResult runHere(RunRequest request) throws ProviderFault {
    Bytes module = read(request.program());
    Limits limits = request.limits();
    long units = Meter.jobUnits(module.length());
    if (units > limits.unitsMax()) {
      return same(request, limits.unitsMax(), new Outcome.OutOfUnits(), "");
    }
    WasiProgram program;
    try {
      ModuleShape shape = ModuleReader.read(module.toArray());
      units += shape.compilationUnits();
      if (units > limits.unitsMax()) {
        return same(request, limits.unitsMax(), new Outcome.OutOfUnits(), "");
      }
      program = admit(module, shape);
      if (program.memoryPagesMin() > limits.memoryPagesMax()) {
        throw new InvalidProgram(
            "the program needs "
                + program.memoryPagesMin()
                + " pages of memory, the job allows "
                + limits.memoryPagesMax());
      }
    } catch (InvalidProgram e) {
      Outcome refused = new Outcome.Trap(TrapKind.INVALID_PROGRAM);
      return same(request, units, refused, String.valueOf(e.getMessage()));
    }
    return runItems(request, program, units);
  }

  private RunResult runItems(RunRequest request, WasiProgram program, long admissionUnits)
      throws ProviderFault {
    Directory input = lookAtInput(request);
    Limits limits = request.limits();
    List<ItemResult> results = new ArrayList<>();
    long units = admissionUnits;
    long outputBytes = 0;
    for (Item item : request.items()) {
      SeededRandom random = new SeededRandom(request.seed(), request.firstItem() + results.size());
      long outputBytesMax =
          Math.min(limits.outputBytesMax(), Limits.ITEMS_OUTPUT_BYTES_MAX - outputBytes);
      ItemRun run =
          new ItemRun(
              program,
              limits.unitsMax() - units,
              limits.memoryPagesMax(),
              request.marked() ? markRule : null);
      ItemResult result = run.run(item, input, random, outputBytesMax);
      results.add(result);
      units += result.units();
      outputBytes += result.outputBytes();
    }
    return new RunResult(units, results);
  }

  /** The result of a request that is decided before any item starts. */
  private static RunResult same(RunRequest request, long units, Outcome outcome, String detail) {
    ItemResult result =
        new ItemResult(outcome, 0, Bytes.EMPTY, Bytes.EMPTY, new TreeMap<>(), detail);
    return new RunResult(units, request.items().stream().map(_ -> result).toList());
  }

  private WasiProgram admit(Bytes module, ModuleShape shape) throws InvalidProgram {
    synchronized (programs) {
      WasiProgram known = programs.get(module);
      if (known != null) {
        return known;
      }
    }
    WasiProgram program = WasiProgram.admit(shape, execution);
    synchronized (programs) {
      programs.put(module, program);
    }
    return program;
  }

  private static Bytes read(Content content) throws ProviderFault {
    return switch (content) {
      case Content.InMemory memory -> memory.bytes();
      case Content.InFile file -> {
        try {
          yield Bytes.copyOf(Files.readAllBytes(file.path()));
        } catch (IOException e) {
          throw new ProviderFault(
              ProviderFault.Kind.INPUT, "the program can not be read: " + file.path(), e);
        }
      }
    };
  }

  private static Directory lookAtInput(RunRequest request) throws ProviderFault {
    try {
      return InputTree.of(request.inputDirectory());
    } catch (IOException e) {
      throw new ProviderFault(ProviderFault.Kind.INPUT, "the input can not be read", e);
    }
  }
}
