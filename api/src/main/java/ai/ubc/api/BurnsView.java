package ai.ubc.api;

import java.util.List;

/**
 * What was burned since genesis: the sum of burn events, by asset and cause.
 *
 * @param burns one line for each asset and cause that occurred
 */
public record BurnsView(List<Line> burns) {
  /** Copies the lines. */
  public BurnsView {
    burns = List.copyOf(burns);
  }

  /**
   * A sum of burns.
   *
   * @param asset the asset's number
   * @param symbol the asset's name
   * @param cause {@code BURN} (of a fee) or {@code SLASH} (of a bond)
   * @param amountMicros how much, micro-units
   * @param count how many burn events
   */
  public record Line(int asset, String symbol, String cause, long amountMicros, long count) {}
}
