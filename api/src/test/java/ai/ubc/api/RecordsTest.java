package ai.ubc.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Laws of all public records. */
final class RecordsTest {
  private static final List<Class<?>> TYPES =
      Stream.of(
              AccountView.class,
              BlobStored.class,
              BurnsView.class,
              CommandDone.class,
              CommandOutcome.class,
              JobPage.class,
              JobView.class,
              LedgerEvent.class,
              LogConsistencyView.class,
              LogRootView.class,
              MandatePage.class,
              MandateView.class,
              MarketView.class,
              NetworkView.class,
              Problem.class,
              Quote.class,
              StandingView.class,
              StoreReceipt.class,
              StreamEnd.class,
              StreamEntry.class,
              StreamPosition.class,
              WorkView.class)
          .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
          .filter(Class::isRecord)
          .toList();

  @Test
  void aRecordHoldsOnlyWhatJsonHolds() {
    Set<Class<?>> plain =
        Set.of(
            int.class,
            long.class,
            boolean.class,
            String.class,
            Integer.class,
            Long.class,
            List.class);
    for (Class<?> type : TYPES) {
      for (RecordComponent component : type.getRecordComponents()) {
        assertThat(plain.contains(component.getType()) || TYPES.contains(component.getType()))
            .as(type + "." + component.getName())
            .isTrue();
      }
    }
  }

  @Test
  void aRecordKeepsAListOfItsOwn() throws ReflectiveOperationException {
    for (Class<?> type : TYPES) {
      List<Object> given = new ArrayList<>(List.of("one"));
      Object value = make(type, given);
      given.add("two");
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getType() == List.class) {
          assertThat((List<?>) component.getAccessor().invoke(value))
              .as(type + "." + component.getName())
              .hasSize(1)
              .isUnmodifiable();
        }
      }
    }
  }

  private static Object make(Class<?> type, List<Object> list) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] values = Arrays.stream(types).map(t -> value(t, list)).toArray();
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new AssertionError(type + " can not be made", e);
    }
  }

  private static @Nullable Object value(Class<?> type, List<Object> list) {
    if (type == List.class) {
      return list;
    }
    if (type == int.class || type == Integer.class) {
      return 1;
    }
    if (type == long.class || type == Long.class) {
      return 1L;
    }
    return type == boolean.class ? true : type == String.class ? "text" : null;
  }

  @Test
  void everyEventHasANameOfItsOwn() {
    assertThat(Arrays.stream(LedgerEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
        .doesNotHaveDuplicates()
        .hasSize(30);
  }
}
