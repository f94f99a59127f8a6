package ai.ubc.testkit;

import ai.ubc.domain.GenesisParameters;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeSet;

/** The parameters of production but for some. */
public final class ChangedParameters {
  private ChangedParameters() {}

  /**
   * Those of production with these changes, by the names of {@link GenesisParameters}.
   *
   * @throws IllegalArgumentException for a name or a value that it does not have
   */
  public static GenesisParameters of(Map<String, ?> changes) {
    RecordComponent[] components = GenesisParameters.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    TreeSet<String> unknown = new TreeSet<>(changes.keySet());
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        unknown.remove(name);
        types[i] = components[i].getType();
        Object changed = changes.get(name);
        values[i] =
            changed == null
                ? components[i].getAccessor().invoke(GenesisParameters.production())
                : changed;
      }
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException("no parameters of a network: " + unknown);
      }
      return GenesisParameters.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not parameters of a network: " + changes, e);
    }
  }
}
