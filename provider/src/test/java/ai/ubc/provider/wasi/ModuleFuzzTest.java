package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes are a module that is refused, or one that runs to an outcome; none is a fault of the
 * provider.
 */
class ModuleFuzzTest {

  private static final WasiRuntime RUNTIME =
      new WasiRuntime(Execution.INTERPRETED, MarkRule.STANDARD);

  @FuzzTest(maxDuration = "5m")
  void anyBytesComeToAnOutcome(byte[] module) throws InterruptedException {
    Limits limits = new Limits(Meter.jobUnits(module.length) + 600_000, 16, 1 << 16);
    try {
      RunResult result = RUNTIME.run(Runs.request(module, limits, Item.of("a")));
      assertThat(result.items()).hasSize(1);
      assertThat(result.units()).isBetween(1L, limits.unitsMax());
    } catch (ProviderFault fault) {
      throw new AssertionError(fault);
    }
  }
}
