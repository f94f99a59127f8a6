package ai.ubc.codec.job;

/**
 * What a bundle may hold. The same everywhere, so that a bundle is well-formed for all or for
 * nobody.
 */
public final class BundleLimits {
  /** Most bytes of a bundle as stored. */
  public static final long STORED_BYTES_MAX = 64L << 20;

  /** Most bytes of all entries together, unpacked. */
  public static final long UNPACKED_BYTES_MAX = 256L << 20;

  /** Most entries, directories included. */
  public static final int ENTRIES_MAX = 20_000;

  /** Most UTF-8 bytes of an entry's name. */
  public static final int NAME_BYTES_MAX = 1_024;

  /**
   * Most UTF-8 bytes of a part of a name between slashes: what every file system can hold, so that
   * no bundle fails on some machines only.
   */
  public static final int NAME_PART_BYTES_MAX = 255;

  /** Most bytes of {@code job.json} or {@code result.json}. */
  public static final int MANIFEST_BYTES_MAX = 8 << 20;

  private BundleLimits() {}
}
