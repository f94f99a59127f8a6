package ai.ubc.testkit;

import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a ledger emits, as values, in order. One thread. */
public final class RecordedEvents {
  private final List<Event> events = new ArrayList<>();
  private final EventSink sink = new EventRecords(events::add);

  /** Where the ledger writes. */
  public EventSink sink() {
    return sink;
  }

  /** The events since the last call, oldest first. */
  public List<Event> take() {
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** A sink that passes every event to both, {@code first} first. */
  public static EventSink tee(EventSink first, EventSink second) {
    return (EventSink)
        Proxy.newProxyInstance(
            EventSink.class.getClassLoader(),
            new Class<?>[] {EventSink.class},
            (proxy, method, arguments) -> {
              try {
                method.invoke(first, arguments);
                return method.invoke(second, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
