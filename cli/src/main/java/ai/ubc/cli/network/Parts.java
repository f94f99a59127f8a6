package ai.ubc.cli.network;

import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a process has started: stopped in reverse order when this is closed, or when the process is
 * told to end, also in the middle of a start. From any thread.
 */
public final class Parts implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Parts.class.getName());

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Thread stopWithProcess;
  private volatile boolean stopping;
  private boolean closed;

  /**
   * Nothing yet.
   *
   * @param afterSignal runs last when the process is told to end, in its last moments
   */
  public Parts(Runnable afterSignal) {
    this(() -> {}, afterSignal);
  }

  /**
   * Nothing yet.
   *
   * @param onSignal runs first when the process is told to end, before anything is stopped
   * @param afterSignal runs last then, in the process's last moments
   */
  Parts(Runnable onSignal, Runnable afterSignal) {
    this.stopWithProcess =
        new Thread(
            () -> {
              onSignal.run();
              stopping = true;
              close();
              afterSignal.run();
            },
            "ubc-stop");
    Runtime.getRuntime().addShutdownHook(stopWithProcess);
  }

  /** Starts a part. */
  public interface Start<T extends AutoCloseable> {
    /** Starts it. */
    T start() throws IOException, UbcException, InterruptedException;
  }

  /**
   * Starts a part and keeps it to be stopped. A stop waits for the part that is being started, so
   * that it stops this one too, and nothing is started after it.
   *
   * @throws InterruptedException when the process was told to end before
   */
  public synchronized <T extends AutoCloseable> T start(Start<T> start)
      throws IOException, UbcException, InterruptedException {
    if (stopping) {
      throw new InterruptedException("stopped before it was started");
    }
    T part = start.start();
    running.push(part);
    return part;
  }

  /** Whether the process was told to end. */
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.ERROR, "a part did not stop cleanly: " + part, e);
      }
    }
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithProcess);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the process is ending; its hook runs already", e);
    }
  }
}
