package ai.ubc.provider.runtime;

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
 */
public record ItemResult(
    Outcome outcome,
    long units,
    Bytes stdout,
    Bytes stderr,
    SortedMap<String, Bytes> files,
    String detail) {

  /** Copies the files. */
  public ItemResult {
    files = TextOrder.sortedCopyOf(files);
  }
}
