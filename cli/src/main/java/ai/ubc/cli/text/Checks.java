package ai.ubc.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a command asserts of what it has run, each printed in a line. */
public final class Checks {
  private final PrintWriter out;
  private final List<Check> all = new ArrayList<>();

  /**
   * Something that was checked.
   *
   * @param law what should be so
   * @param holds whether it is
   */
  public record Check(String law, boolean holds) {}

  /** Prints to {@code out}. */
  public Checks(PrintWriter out) {
    this.out = out;
  }

  /** Prints one check. */
  public void check(String law, boolean holds) {
    out.println("  " + (holds ? "ok    " : "FAILED ") + law);
    out.flush();
    all.add(new Check(law, holds));
  }

  /** How many did not hold. */
  public int failed() {
    return (int) all.stream().filter(check -> !check.holds()).count();
  }

  /** Everything that was checked so far, in order. */
  public List<Check> all() {
    return List.copyOf(all);
  }
}
