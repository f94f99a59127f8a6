package ai.ubc.provider.runtime;

/** 32 bytes that a job's random numbers are drawn from, as four big-endian words. */
public record Seed(long x0, long x1, long x2, long x3) {

  /** Nothing but zeros. */
  public static final Seed ZERO = new Seed(0, 0, 0, 0);
}
