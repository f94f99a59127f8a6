package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes ZIP archives within {@link BundleLimits}, with names that can not leave a
 * directory.
 */
final class Zips {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Receives the entries of an archive in their order. */
  interface Visitor {
    /**
     * A file; {@code content} ends at the file's end and throws {@link MalformedBundleException}
     * past a limit.
     */
    void file(String name, InputStream content) throws IOException;

    /** A directory; the name has no slash at its end. */
    void directory(String name) throws IOException;
  }

  private Zips() {}

  /**
   * Hands every entry to the visitor.
   *
   * @throws MalformedBundleException when it is no archive, or beyond a limit, or a name is not
   *     allowed
   */
  static void read(InputStream archive, Visitor visitor) throws IOException {
    Set<String> names = new HashSet<>();
    Budget budget = new Budget();
    try (ZipInputStream zip = new ZipInputStream(archive, UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.isDirectory() ? withoutSlash(entry.getName()) : entry.getName();
        requireName(name);
        if (!names.add(name)) {
          throw new MalformedBundleException("the bundle holds \"" + name + "\" twice");
        }
        if (names.size() > BundleLimits.ENTRIES_MAX) {
          throw new MalformedBundleException(
              "the bundle has more than " + BundleLimits.ENTRIES_MAX + " entries");
        }
        if (entry.isDirectory()) {
          visitor.directory(name);
        } else {
          visitor.file(name, new Bounded(zip, budget));
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new MalformedBundleException("the bundle is not a ZIP archive: " + e.getMessage());
    }
    if (names.isEmpty()) {
      throw new MalformedBundleException("the bundle is not a ZIP archive, or an empty one");
    }
  }

  /** Starts an entry that carries no time, so that equal content gives equal archives. */
  static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  /**
   * Refuses names that are empty, absolute, too long (as a whole, or a part of them), hold control
   * characters, backslashes, or a part that is empty, {@code .} or {@code ..}.
   */
  static void requireName(String name) throws MalformedBundleException {
    if (!isName(name)) {
      throw new MalformedBundleException(
          "the bundle holds a name that is not allowed: \"" + printable(name) + "\"");
    }
  }

  static boolean isName(String name) {
    boolean allowed = name.getBytes(UTF_8).length <= BundleLimits.NAME_BYTES_MAX;
    allowed &= name.chars().noneMatch(c -> c < ' ' || c == 0x7F || c == '\\');
    for (String part : name.split("/", -1)) {
      allowed &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
      allowed &= part.getBytes(UTF_8).length <= BundleLimits.NAME_PART_BYTES_MAX;
    }
    return allowed;
  }

  private static String printable(String name) {
    String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  private static String withoutSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private static final class Budget {
    private long left = BundleLimits.UNPACKED_BYTES_MAX;
  }

  /**
   * The current entry's bytes, charged to the archive's budget; closing it leaves the archive open.
   */
  private static final class Bounded extends InputStream {
    private final ZipInputStream zip;
    private final Budget budget;

    Bounded(ZipInputStream zip, Budget budget) {
      this.zip = zip;
      this.budget = budget;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = zip.read(target, offset, length);
      budget.left -= Math.max(n, 0);
      if (budget.left < 0) {
        throw new MalformedBundleException(
            "the bundle unpacks to more than " + BundleLimits.UNPACKED_BYTES_MAX + " bytes");
      }
      return n;
    }
  }
}
