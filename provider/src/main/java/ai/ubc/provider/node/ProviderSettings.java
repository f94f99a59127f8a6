package ai.ubc.provider.node;

/**
 * What a provider is started with.
 *
 * @param common what every node is started with
 * @param priceMicros price of 1,000,000 units, micro-COMPUTE
 * @param capacityUnits most units that are open on the book or leased at a time
 */
public record ProviderSettings(NodeSettings common, long priceMicros, long capacityUnits) {

  /** Refuses what is not positive. */
  public ProviderSettings {
    if (priceMicros < 1 || capacityUnits < 1) {
      throw new IllegalArgumentException("price and capacity are positive");
    }
  }
}
