package ai.ubc.gateway.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of the embedded PostgreSQL, unpacked from the class path on first use. */
final class PostgresBinaries {
  private static final String VERSION = "postgres-18.6.0";

  private PostgresBinaries() {}

  /**
   * Unpacks into {@code parent} unless that was done before.
   *
   * @return the directory that holds {@code bin}, {@code lib} and {@code share}
   * @throws IOException when it can not be written, or the platform has no binaries
   */
  static Path prepare(Path parent) throws IOException {
    Path target = parent.resolve(VERSION);
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path lockFile = parent.resolve(VERSION + ".lock");
    synchronized (PostgresBinaries.class) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(target)) {
          unpackTo(target);
        }
      }
    }
    return target;
  }

  private static void unpackTo(Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    Path unfinished = Files.createTempDirectory(parent, VERSION + "-");
    InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", System.getProperty("os.arch"));
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, unfinished);
      }
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
      throws IOException {
    Path file = into.resolve(entry.getName()).normalize();
    if (!file.startsWith(into)) {
      throw new IOException("the archive names a file outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & 0100) != 0) {
      Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      mode.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(file, mode);
    }
  }
}
