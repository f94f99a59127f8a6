package ai.ubc.provider.runtime;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What one item came to. What an item wrote before it trapped or reached a limit is kept.
 *
 * @param outcome how it ended
 * @param units metered units of this item
 * @param stdout what it wrote to standard output
 * @param stderr what it wrote to standard error
 * @param files what it left under {@code /out}: paths relative to it, with {@code /} between their
 *     parts, in the order of their UTF-8 bytes; directories are not listed
 * @param detail for a person: why the program was refused, or where it trapped; empty after an
 *     exit. The same everywhere, but not part of what is compared
 * @param marks digests taken on the way, in the order of their units; none unless asked for
 */
public record ItemResult(
    Outcome outcome,
    long units,
    Bytes stdout,
    Bytes stderr,
    SortedMap<String, Bytes> files,
    String detail,
    List<Mark> marks) {

  /** Bytes that a file counts beyond its content. */
  public static final int FILE_BYTES = 4_096;

  /** Copies the files and the marks. */
  public ItemResult {
    files = TextOrder.sortedCopyOf(files);
    marks = List.copyOf(marks);
  }

  /** A result without marks. */
  public ItemResult(
      Outcome outcome,
      long units,
      Bytes stdout,
      Bytes stderr,
      SortedMap<String, Bytes> files,
      String detail) {
    this(outcome, units, stdout, stderr, files, detail, List.of());
  }

  /** Bytes that it left, by the rule that all items of a request are bounded by. */
  public long outputBytes() {
    long bytes = (long) stdout.length() + stderr.length();
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      bytes += FILE_BYTES + file.getValue().length();
    }
    return bytes;
  }
}
