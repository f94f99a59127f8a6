package ai.ubc.cli.job;

import ai.ubc.sdk.job.JobOrder;
import java.util.OptionalLong;

/**
 * How a job goes to the market.
 *
 * @param limitPriceMicros highest price of 1,000,000 units, micro-COMPUTE; absent: the best offer's
 * @param waitMs how long it may wait for an offer, milliseconds
 */
record MarketTerms(OptionalLong limitPriceMicros, long waitMs) {
  /** Has the order go so. */
  JobOrder.Builder applyTo(JobOrder.Builder order) {
    limitPriceMicros.ifPresent(order::limitPriceMicros);
    return order.waitMs(waitMs);
  }
}
