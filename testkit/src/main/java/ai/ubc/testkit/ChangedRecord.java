package ai.ubc.testkit;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeSet;

/** Copies of records with other values: a long record says only what is special about it. */
public final class ChangedRecord {
  private ChangedRecord() {}

  /**
   * The same but for these components, by name.
   *
   * @param record of a public type
   * @throws IllegalArgumentException for a name or a value that its type does not have
   */
  public static <R extends Record> R of(R record, Map<String, ?> changes) {
    @SuppressWarnings("unchecked") // the class of an R
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    TreeSet<String> unknown = new TreeSet<>(changes.keySet());
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        unknown.remove(name);
        types[i] = components[i].getType();
        Object changed = changes.get(name);
        values[i] = changed == null ? components[i].getAccessor().invoke(record) : changed;
      }
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(type.getSimpleName() + " has no " + unknown);
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + changes, e);
    }
  }
}
