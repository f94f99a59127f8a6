package ai.ubc.engine;

import ai.ubc.domain.GenesisParameters;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** The production parameters with some of them changed. */
final class TestParameters {
  private TestParameters() {}

  static GenesisParameters with(Map<String, Object> changes) {
    try {
      RecordComponent[] components = GenesisParameters.class.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Object given = components[i].getAccessor().invoke(GenesisParameters.production());
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
