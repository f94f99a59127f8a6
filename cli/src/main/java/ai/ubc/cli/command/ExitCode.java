package ai.ubc.cli.command;

/** What the command's exit code says where it is not a program's own. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** A check of the demonstration did not hold. */
  public static final int CHECK_FAILED = 1;

  /** The arguments are not those of the command. */
  public static final int USAGE = 2;

  /** The budget, or the balance, does not cover it. */
  public static final int BUDGET = 121;

  /** The program trapped, or used up its units or its output. */
  public static final int TRAP_OR_LIMIT = 122;

  /** No offer could carry the job, or nobody delivered in time. */
  public static final int NO_OFFER_OR_DEADLINE = 123;

  /** Anything else that went wrong. */
  public static final int FAILURE = 125;

  private ExitCode() {}
}
