package ai.ubc.cli.job;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.BundleLimits;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many items become some jobs: the same files, program and budget always give the same plan.
 *
 * @param fingerprint hash of all that went in
 * @param batches the jobs, in order
 */
record MapPlan(String fingerprint, List<Batch> batches) {
  /** Most bytes of the items of one job: with the rest of its bundle they fit the store. */
  private static final long BATCH_BYTES_MAX = BundleLimits.STORED_BYTES_MAX * 3 / 4;

  /**
   * One job of the plan.
   *
   * @param number its number, from 0
   * @param files its items' inputs, in order
   * @param maxCostMicros its part of the budget, micro-COMPUTE
   */
  record Batch(int number, List<Path> files, long maxCostMicros) {
    /** Copies the files. */
    Batch {
      files = List.copyOf(files);
    }
  }

  /** Copies the jobs. */
  MapPlan {
    batches = List.copyOf(batches);
  }

  /**
   * Divides the files evenly.
   *
   * @param what all that makes the map another one, beside files and budget
   * @param jobs jobs that are wanted; more where the items do not fit them
   * @param itemsMax most items of a job
   * @throws IOException when a file is not there, or too large for any job
   */
  static MapPlan of(List<Path> files, String what, long budgetMicros, int jobs, int itemsMax)
      throws IOException {
    List<Long> sizes = new ArrayList<>();
    StringBuilder text = new StringBuilder(what).append(budgetMicros).append(' ').append(jobs);
    for (Path file : files) {
      sizes.add(Files.size(file));
      if (sizes.getLast() > BATCH_BYTES_MAX) {
        throw new IOException(
            file
                + " has "
                + sizes.getLast()
                + " bytes, more than the "
                + BATCH_BYTES_MAX
                + " of a job");
      }
      text.append('\n').append(file.getFileName());
    }
    int count = Math.min(jobs, files.size());
    while (!fits(sizes, count, itemsMax)) {
      count++;
    }
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = start(files.size(), i, count);
      int to = start(files.size(), i + 1, count);
      long cost = part(budgetMicros, to, files.size()) - part(budgetMicros, from, files.size());
      batches.add(new Batch(i, files.subList(from, to), cost));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new MapPlan(Sha256.of(bytes).hex(), batches);
  }

  // With one file a job it fits, since every file does.
  private static boolean fits(List<Long> sizes, int count, int itemsMax) {
    for (int i = 0; i < count; i++) {
      List<Long> batch =
          sizes.subList(start(sizes.size(), i, count), start(sizes.size(), i + 1, count));
      long bytes = batch.stream().mapToLong(Long::longValue).sum();
      if (batch.size() > itemsMax || (bytes > BATCH_BYTES_MAX && batch.size() > 1)) {
        return false;
      }
    }
    return true;
  }

  private static int start(int items, int batch, int count) {
    return (int) ((long) items * batch / count);
  }

  // Rounded down, so that the parts add up to the whole.
  private static long part(long budgetMicros, int items, int of) {
    return BigInteger.valueOf(budgetMicros)
        .multiply(BigInteger.valueOf(items))
        .divide(BigInteger.valueOf(of))
        .longValueExact();
  }
}
