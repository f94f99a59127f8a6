package ai.ubc.codec.evidence;

import ai.ubc.codec.job.ItemDigest;
import java.util.List;

/**
 * The evidence for a map: the receipts of all its jobs, and what each of its items gave (EVD-060).
 *
 * @param items the items, those of a job in their order in it
 * @param receipts the receipts by number of the job, also of jobs that were not delivered
 */
public record MapReceipt(List<Item> items, List<Receipt> receipts) {

  /**
   * An item of a map.
   *
   * @param name what the buyer calls it; nobody else vouches for that
   * @param job the job that it was part of
   * @param content what it gave
   */
  public record Item(String name, long job, ItemDigest content) {}

  /** Copies the lists. */
  public MapReceipt {
    items = List.copyOf(items);
    receipts = List.copyOf(receipts);
  }
}
