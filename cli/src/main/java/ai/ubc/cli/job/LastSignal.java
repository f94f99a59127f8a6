package ai.ubc.cli.job;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes by which signal the process is being ended, which decides its exit code, and lets the JVM
 * end it as it would. The JDK's class for it, which is exported and open to all but warned of by
 * the compiler, is reached by reflection.
 */
final class LastSignal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LastSignal.class.getName());
  private static final List<String> ENDING = List.of("HUP", "INT", "TERM");
  private static final int SIGNALLED = 128;
  private static final int INTERRUPTED = 130;

  private final List<Runnable> undoings = new ArrayList<>();
  private volatile int exitCode = INTERRUPTED;

  /** Notes from now on. Where the JVM lets nobody see signals, each counts as a Ctrl-C. */
  LastSignal() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : ENDING) {
        note(signal, handler, name);
      }
    } catch (ReflectiveOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "signals can not be seen", e);
    }
  }

  private void note(Class<?> signal, Class<?> handler, String name)
      throws ReflectiveOperationException {
    Object watched = signal.getConstructor(String.class).newInstance(name);
    int number = (int) signal.getMethod("getNumber").invoke(watched);
    Method handle = handler.getMethod("handle", signal);
    Method register = signal.getMethod("handle", signal, handler);
    // Until it is known who had the signal, one that comes is lost; the sender may repeat it.
    Object[] before = new Object[1];
    Object noting =
        Proxy.newProxyInstance(
            LastSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, method, arguments) -> {
              if (!method.getName().equals("handle")) {
                return method.invoke(name, arguments); // what every object has
              }
              exitCode = SIGNALLED + number;
              return before[0] == null ? null : handle.invoke(before[0], arguments);
            });
    before[0] = register.invoke(null, watched, noting);
    Runnable undo = () -> restore(register, watched, before[0]);
    if (before[0].getClass().getName().endsWith("NativeSignalHandler")) {
      undo.run(); // whoever started the process has it ignored
    } else {
      undoings.add(undo);
    }
  }

  private static void restore(Method register, Object signal, Object before) {
    try {
      register.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "a signal stays noted", e);
    }
  }

  /** What the process ends with when a signal ends it. */
  int exitCode() {
    return exitCode;
  }

  /** Notes no more. */
  @Override
  public void close() {
    undoings.forEach(Runnable::run);
  }
}
