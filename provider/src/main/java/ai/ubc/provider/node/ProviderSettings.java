package ai.ubc.provider.node;

import java.util.function.BooleanSupplier;

/**
 * What a provider is started with.
 *
 * @param common what every node is started with
 * @param priceMicros price of 1,000,000 units, micro-COMPUTE
 * @param capacityUnits most units that are open on the book or leased at a time
 * @param isOpen whether new work is taken now; where it is not, no offer stands. Asked every few
 *     seconds, on one thread
 */
public record ProviderSettings(
    NodeSettings common, long priceMicros, long capacityUnits, BooleanSupplier isOpen) {

  /** Refuses what is not positive. */
  public ProviderSettings {
    if (priceMicros < 1 || capacityUnits < 1) {
      throw new IllegalArgumentException("price and capacity are positive");
    }
  }
}
