package ai.ubc.cli.client;

/** While it is open, does something when the process is told to end. */
final class OnStop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OnStop.class.getName());

  private final Thread hook;

  private OnStop(Runnable what) {
    hook = new Thread(what, "on-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does this, on a thread of its own, in the process's last moments. */
  static OnStop doing(Runnable what) {
    return new OnStop(what);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the process is ending, and it is being done", e);
    }
  }
}
