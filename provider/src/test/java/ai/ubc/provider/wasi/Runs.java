package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Short ways to run programs in tests. */
final class Runs {

  /** Closer together than those of {@code wasi/1}, so that short runs have some. */
  static final MarkRule MARKS = new MarkRule(1L << 17, 1L << 16, 1_024);

  static final Seed SEED = new Seed(1, 2, 3, 4);
  static final Limits WIDE = new Limits(1L << 40, Limits.MEMORY_PAGES_CEILING, 1 << 20);

  private Runs() {}

  static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Runs.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunRequest request(byte[] module, Limits limits, Item... items) {
    return new RunRequest(Content.of(module), List.of(items), Optional.empty(), limits, SEED);
  }

  static RunResult run(Execution execution, RunRequest request) {
    try {
      return new WasiRuntime(execution, MARKS).run(request);
    } catch (ProviderFault | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The only item's result, compiled only: for programs that an interpreter is too slow for. */
  static ItemResult compiled(byte[] module) {
    return run(Execution.COMPILED, request(module, WIDE, Item.of())).items().getFirst();
  }

  /** The only item's result, the same whether compiled or interpreted. */
  static ItemResult item(byte[] module, Limits limits) {
    RunRequest request = request(module, limits, Item.of());
    RunResult compiled = run(Execution.COMPILED, request);
    RunResult interpreted = run(Execution.INTERPRETED, request);
    if (!compiled.equals(interpreted)) {
      throw new AssertionError(compiled + " compiled, but interpreted " + interpreted);
    }
    return compiled.items().getFirst();
  }

  static ItemResult item(byte[] module) {
    return item(module, WIDE);
  }

  /** Units that a job pays before its first item. */
  static long admissionUnits(byte[] module) {
    try {
      return Meter.jobUnits(module.length) + ModuleReader.read(module).compilationUnits();
    } catch (InvalidProgram e) {
      throw new AssertionError(e);
    }
  }

  /** A program that was admitted. */
  static WasiProgram admit(byte[] module, Execution execution) throws InvalidProgram {
    return WasiProgram.admit(ModuleReader.read(module), execution);
  }

  /** Limits that leave so many units to the items of a module. */
  static Limits unitsForItems(byte[] module, long units) {
    return new Limits(
        admissionUnits(module) + units, Limits.MEMORY_PAGES_CEILING, WIDE.outputBytesMax());
  }
}
