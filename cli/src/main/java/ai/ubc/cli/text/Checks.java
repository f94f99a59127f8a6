package ai.ubc.cli.text;

import java.io.PrintWriter;

/** What a command asserts of what it has run, each printed in a line. */
public final class Checks {
  private final PrintWriter out;
  private int failed;

  /** Prints to {@code out}. */
  public Checks(PrintWriter out) {
    this.out = out;
  }

  /** Prints one check. */
  public void check(String law, boolean holds) {
    out.println("  " + (holds ? "ok    " : "FAILED ") + law);
    out.flush();
    failed += holds ? 0 : 1;
  }

  /** How many did not hold. */
  public int failed() {
    return failed;
  }
}
