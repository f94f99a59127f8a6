package ai.ubc.cli.network;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Tells each Ctrl-C and each SIGTERM, where the JVM by itself would end the process at the first.
 * The JDK's class for it, which is exported and open to all but warned of by the compiler, is
 * reached by reflection.
 */
final class StopSignals {
  /** What Ctrl-C sends. */
  static final String INTERRUPT = "INT";

  /** What service managers send. */
  static final String TERMINATE = "TERM";

  private StopSignals() {}

  /**
   * Takes both signals over, for the rest of the process's life.
   *
   * @param receiver is told the signal's name each time, on a thread of its own
   * @throws IllegalStateException when this JVM lets nobody have them
   */
  static void takeOver(Consumer<String> receiver) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : new String[] {INTERRUPT, TERMINATE}) {
        Object taker =
            Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handler},
                (_, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    receiver.accept(name);
                    return null;
                  }
                  return method.invoke(name, arguments); // what every object has
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), taker);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals can not be taken over: " + e, e);
    }
  }
}
