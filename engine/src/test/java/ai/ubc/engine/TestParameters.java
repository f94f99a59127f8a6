package ai.ubc.engine;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.testkit.ChangedRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * The production parameters with least bonds and windows of next to nothing, so that small numbers
 * will do, and with any others changed. {@link AttacksTest} has them as in production.
 */
final class TestParameters {
  private static final Map<String, Object> SMALL =
      Map.of(
          "bondMinMicros",
          1_000L,
          "validatorsMin",
          1,
          "unitsPerSecondMin",
          Integer.MAX_VALUE,
          "runWindowMinMs",
          1L);

  private TestParameters() {}

  static GenesisParameters with(Map<String, Object> changes) {
    Map<String, Object> all = new HashMap<>(SMALL);
    all.putAll(changes);
    return ChangedRecord.of(GenesisParameters.production(), all);
  }
}
