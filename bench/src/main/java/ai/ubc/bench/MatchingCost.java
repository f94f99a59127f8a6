package ai.ubc.bench;

import ai.ubc.testkit.scenario.Step;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * What one entry costs the engine in the {@link FullMarket}: an offer comes, or leaves again, and
 * 64 jobs are looked at in vain, for 10, 1,000 and 10,000 validators. Each entry must have had
 * exactly its one event, and in the end all jobs must be taken once the validators' bonds allow it.
 */
public final class MatchingCost {
  private static final int[] VALIDATORS = {10, 1_000, 10_000};
  private static final int WARM_UPS = 4_000;
  private static final int ENTRIES = 4_000;

  private MatchingCost() {}

  /** Measures and prints. */
  public static void main(String[] args) throws IOException {
    measure(WARM_UPS, ENTRIES, System.out);
  }

  /** Measures so many entries for each number of validators. */
  static void measure(int warmUps, int entries, PrintStream out) throws IOException {
    Machine.print(out);
    out.println("validators   least us   median us   99 of 100 us");
    for (int validators : VALIDATORS) {
      FullMarket market = new FullMarket(validators);
      timesNs(market, warmUps);
      long[] timesNs = timesNs(market, entries);
      int taken = market.endTheWait();
      if (taken != FullMarket.WAITING) {
        throw new IllegalStateException(taken + " jobs were taken in the end");
      }
      Arrays.sort(timesNs);
      out.println(
          String.format(
              Locale.ROOT,
              "%10d %10.1f %11.1f %14.1f",
              validators,
              timesNs[0] / 1e3,
              timesNs[entries / 2] / 1e3,
              timesNs[entries * 99 / 100] / 1e3));
    }
  }

  private static long[] timesNs(FullMarket market, int entries) {
    long[] timesNs = new long[entries];
    int[] eventBytes = new int[2];
    for (int i = 0; i < entries; i++) {
      int kind = i % 2;
      Step step = kind == 0 ? market.nextOffer() : market.lastOfferLeaves();
      long startNs = System.nanoTime();
      int bytes = market.carryOut(step);
      timesNs[i] = System.nanoTime() - startNs;
      eventBytes[kind] = i < 2 ? bytes : eventBytes[kind];
      if (bytes != eventBytes[kind] || bytes == 0) {
        throw new IllegalStateException(step + " gave " + bytes + " bytes of events");
      }
    }
    return timesNs;
  }
}
