package ai.ubc.codec.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job's bundle says of its items: {@code job.json}.
 *
 * @param version of this form: 1
 * @param items in order; each is a fresh run of the program
 * @param memoryPages most WebAssembly pages (64 KiB) of an item, 1 to 4,096
 * @param outputBytes most bytes that all items together may leave on standard output, standard
 *     error and in files
 */
public record JobSpec(int version, List<ItemSpec> items, int memoryPages, long outputBytes) {
  /** The version of the form. */
  public static final int VERSION = 1;

  /** Memory of an item where nobody says otherwise: 256 MiB. */
  public static final int MEMORY_PAGES_DEFAULT = 4_096;

  /** Output of an item where nobody says otherwise: 16 MiB. */
  public static final long OUTPUT_BYTES_DEFAULT = 16L << 20;

  /**
   * One item.
   *
   * @param args arguments after the program's name
   * @param env environment variables
   * @param stdin whether {@code items/N/stdin} holds standard input; otherwise it is empty
   */
  public record ItemSpec(List<String> args, Map<String, String> env, boolean stdin) {
    /**
     * Copies the collections, which hold no nulls; the environment is kept in the order of names.
     */
    public ItemSpec {
      args = List.copyOf(args);
      env = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(env)));
    }
  }

  /** Copies the items and checks the numbers. */
  public JobSpec {
    items = List.copyOf(items);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "job.json has version " + version + ", known is " + VERSION);
    }
    if (items.isEmpty() || items.size() > 65_535) {
      throw new IllegalArgumentException("a job has 1 to 65,535 items, not " + items.size());
    }
    if (memoryPages < 1 || memoryPages > 4_096) {
      throw new IllegalArgumentException("memoryPages must be 1 to 4,096, not " + memoryPages);
    }
    if (outputBytes < 0 || outputBytes > BundleLimits.STORED_BYTES_MAX) {
      throw new IllegalArgumentException("outputBytes must be 0 to 67,108,864, not " + outputBytes);
    }
  }

  /** A job of one item with the default limits. */
  public static JobSpec ofOne(List<String> args, Map<String, String> env, boolean stdin) {
    return new JobSpec(
        VERSION,
        List.of(new ItemSpec(args, env, stdin)),
        MEMORY_PAGES_DEFAULT,
        OUTPUT_BYTES_DEFAULT);
  }
}
