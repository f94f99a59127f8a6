package ai.ubc.provider.runtime;

import java.util.List;

/**
 * What a request came to.
 *
 * @param units metered units to pay for, at most the request's limit: those of admission, charged
 *     once, and those of the items
 * @param items one an item, in the request's order
 */
public record RunResult(long units, List<ItemResult> items) {

  /** Copies the list. */
  public RunResult {
    items = List.copyOf(items);
  }

  /** Units that were charged once, before the first item. */
  public long admissionUnits() {
    return units - items.stream().mapToLong(ItemResult::units).sum();
  }
}
