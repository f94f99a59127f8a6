package ai.ubc.engine;

import ai.ubc.domain.GenesisParameters;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
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
    try {
      RecordComponent[] components = GenesisParameters.class.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Object production = components[i].getAccessor().invoke(GenesisParameters.production());
        Object given = SMALL.getOrDefault(components[i].getName(), production);
        values[i] = changes.getOrDefault(components[i].getName(), given);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return GenesisParameters.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
