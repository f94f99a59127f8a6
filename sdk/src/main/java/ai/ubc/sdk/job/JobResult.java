package ai.ubc.sdk.job;

import ai.ubc.api.JobView;
import ai.ubc.codec.job.ItemOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a job gave, checked against the root that the provider opened on the ledger.
 *
 * @param job everything the ledger knows about it: verdicts, judgement, settlement
 * @param items what each item gave, in order
 * @param units metered units
 * @param priceMicros what it costs: pay, fee and checking, micro-COMPUTE; for an unchecked job it
 *     is paid when the dispute window ends
 */
public record JobResult(JobView job, List<ItemOutput> items, long units, long priceMicros) {
  /** Copies the items. */
  public JobResult {
    items = List.copyOf(items);
  }

  /**
   * Writes the files that an item left under {@code /out} below a directory, which is made when it
   * is missing.
   *
   * @throws IOException when a file can not be written, or would lie outside the directory because
   *     of a link in it
   */
  public void writeFiles(int item, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path root = directory.toRealPath();
    for (Map.Entry<String, byte[]> file : items.get(item).files().entrySet()) {
      Path target = root.resolve(file.getKey()).normalize();
      Path parent = target.getParent();
      if (parent == null || !target.startsWith(root)) {
        throw new IOException(file.getKey() + " lies outside " + directory);
      }
      Files.createDirectories(parent);
      if (!parent.toRealPath().startsWith(root) || Files.isSymbolicLink(target)) {
        throw new IOException(target + " would be written through a symbolic link");
      }
      Files.write(target, file.getValue());
    }
  }
}
