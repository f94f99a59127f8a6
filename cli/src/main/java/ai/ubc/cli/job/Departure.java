package ai.ubc.cli.job;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

/** While it is open, a Ctrl-C says how to come back to what goes on without us. */
final class Departure implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Departure.class.getName());

  private final AtomicReference<String> farewell;
  private final Thread hook;

  private Departure(String farewell, PrintStream err) {
    this.farewell = new AtomicReference<>(farewell);
    hook = new Thread(() -> say(err), "departure");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says this, to standard error. */
  static Departure saying(String farewell, PrintStream err) {
    return new Departure(farewell, err);
  }

  /** For a job that is about to be bought. */
  static Departure beforeBuying(PrintStream err) {
    return new Departure("what was bought, if anything, goes on; look with: ubc jobs list", err);
  }

  /** The job is bought. */
  Departure withJob(long job) {
    farewell.set("job " + job + " goes on without this command. Its result: ubc jobs wait " + job);
    return this;
  }

  private void say(PrintStream err) {
    err.println();
    err.println("ubc: " + farewell.get());
    err.flush();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the process is ending, and has said it", e);
    }
  }
}
