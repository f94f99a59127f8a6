package ai.ubc.codec.job;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one item gave, by hash: all that its digest is over, see {@link JobHashes#item(int,
 * ItemDigest)}.
 *
 * @param outcome how it ended
 * @param detail as of {@link ItemOutput}
 * @param units metered units
 * @param stdout SHA-256 of standard output
 * @param stderr SHA-256 of standard error
 * @param files files below {@code /out} by relative path
 */
public record ItemDigest(
    ItemOutput.ItemOutcome outcome,
    int detail,
    long units,
    Hash32 stdout,
    Hash32 stderr,
    SortedMap<String, FileDigest> files) {

  /**
   * A file, by hash.
   *
   * @param bytes its size
   * @param sha256 SHA-256 of its content
   */
  public record FileDigest(long bytes, Hash32 sha256) {}

  /** Copies the map. */
  public ItemDigest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (units < 0) {
      throw new IllegalArgumentException("units are not negative");
    }
  }

  /** The hashes of an output. */
  public static ItemDigest of(ItemOutput item) {
    SortedMap<String, FileDigest> files = new TreeMap<>();
    item.files()
        .forEach(
            (path, content) -> files.put(path, new FileDigest(content.length, Sha256.of(content))));
    return new ItemDigest(
        item.outcome(),
        item.detail(),
        item.units(),
        Sha256.of(item.stdout()),
        Sha256.of(item.stderr()),
        files);
  }
}
