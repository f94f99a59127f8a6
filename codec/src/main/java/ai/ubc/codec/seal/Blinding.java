package ai.ubc.codec.seal;

import ai.ubc.codec.job.ItemOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the digests of a sealed job's results unguessable: the root of a result is published, and
 * of a short output everybody could otherwise try all. Behind the standard error of each item stand
 * 32 bytes that follow from the job's key.
 */
public final class Blinding {
  private Blinding() {}

  /** The items as they are digested and stored. */
  public static List<ItemOutput> add(JobKey key, List<ItemOutput> items) {
    List<ItemOutput> blinded = new ArrayList<>();
    for (ItemOutput item : items) {
      byte[] blind = key.blind(blinded.size());
      byte[] stderr = Arrays.copyOf(item.stderr(), item.stderr().length + blind.length);
      System.arraycopy(blind, 0, stderr, item.stderr().length, blind.length);
      blinded.add(with(item, stderr));
    }
    return blinded;
  }

  /** The items as the program left them; empty when they were not blinded by this key. */
  public static Optional<List<ItemOutput>> remove(JobKey key, List<ItemOutput> blinded) {
    List<ItemOutput> items = new ArrayList<>();
    for (ItemOutput item : blinded) {
      byte[] blind = key.blind(items.size());
      int end = item.stderr().length - blind.length;
      if (end < 0
          || !Arrays.equals(item.stderr(), end, item.stderr().length, blind, 0, blind.length)) {
        return Optional.empty();
      }
      items.add(with(item, Arrays.copyOf(item.stderr(), end)));
    }
    return Optional.of(items);
  }

  private static ItemOutput with(ItemOutput item, byte[] stderr) {
    return new ItemOutput(
        item.outcome(), item.detail(), item.units(), item.stdout(), stderr, item.files());
  }
}
