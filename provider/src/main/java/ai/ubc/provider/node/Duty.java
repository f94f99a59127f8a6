package ai.ubc.provider.node;

/**
 * Something that the ledger waits for from this node.
 *
 * @param key what and where
 * @param deadlineMs log time from which it counts no more
 * @param terms the job
 */
public record Duty(Key key, long deadlineMs, Terms terms) {

  /** What is waited for. */
  public enum Action {
    /** A provider runs a job and commits to the result. */
    RUN(true),
    /** A provider opens what it committed to. */
    OPEN_RESULT(false),
    /** A validator re-runs a job and seals its verdict. */
    SEAL_VERDICT(true),
    /** A validator opens its verdict. */
    OPEN_VERDICT(false);

    private final boolean running;

    Action(boolean running) {
      this.running = running;
    }

    /** Whether a program is run for it. */
    public boolean isRunning() {
      return running;
    }
  }

  /**
   * Tells a duty from every other.
   *
   * @param action what is waited for
   * @param job the job's number
   * @param round the round of a verdict; 0 elsewhere
   */
  public record Key(Action action, long job, int round) {
    @Override
    public String toString() {
      return "job " + job + " " + action + (round == 0 ? "" : " round " + round);
    }
  }
}
