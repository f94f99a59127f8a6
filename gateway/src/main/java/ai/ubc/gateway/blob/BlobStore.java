package ai.ubc.gateway.blob;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.command.Bodies;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Bodies as files named by their SHA-256. When {@link #put} returns, file and directory entry are
 * on disk and the bytes hash to their name; a body is never seen half written. Who stored what is
 * noted by an empty file per account, so that the store needs nothing but its directory; a file's
 * time of change is the log time at which the body was last stored or vouched for. From any thread.
 *
 * <p>Layout: {@code bodies/ab/abcd…}, {@code accounts/7/abcd…}, {@code unfinished/…}.
 */
public final class BlobStore implements Bodies {
  private static final int PIECE_BYTES = 64 << 10;

  private final Path bodies;
  private final Path accounts;
  private final Path unfinished;
  private final Limits limits;
  private final LongSupplier logTimeMs;
  // Bodies come and are kept under the read lock; what is idle goes under the write lock.
  private final ReadWriteLock going = new ReentrantReadWriteLock();
  private final Map<Integer, Usage> usages = new ConcurrentHashMap<>();

  /** Bytes of an account's bodies, those that are arriving among them. Guarded by itself. */
  private static final class Usage {
    private long bytes;
  }

  /**
   * What became of an upload.
   *
   * @param isNew whether the store did not have the body
   * @param bytes its length
   */
  public record Stored(boolean isNew, long bytes) {}

  /**
   * A body to read.
   *
   * @param bytes its length
   * @param content its content, to be closed
   */
  public record Opened(long bytes, InputStream content) {}

  /**
   * Opens the store, clearing away what a crash left unfinished.
   *
   * @param logTimeMs log time now, milliseconds
   * @throws IOException when the directory can not be written
   */
  public BlobStore(Path root, Limits limits, LongSupplier logTimeMs) throws IOException {
    this.bodies = Files.createDirectories(root.resolve("bodies"));
    this.accounts = Files.createDirectories(root.resolve("accounts"));
    this.unfinished = Files.createDirectories(root.resolve("unfinished"));
    this.limits = limits;
    this.logTimeMs = logTimeMs;
    try (Stream<Path> files = Files.list(unfinished)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public OptionalLong keepIfStoredBy(Hash32 sha256, int account) throws IOException {
    BlobName name = new BlobName(sha256);
    return isStoredBy(name, account) ? keep(name) : OptionalLong.empty();
  }

  /**
   * Begins a body's time anew.
   *
   * @return the log time that it begins at, milliseconds; empty when it is not in the store
   */
  OptionalLong keep(BlobName name) throws IOException {
    going.readLock().lock();
    try {
      return Files.isRegularFile(file(name))
          ? OptionalLong.of(beginAnew(name))
          : OptionalLong.empty();
    } finally {
      going.readLock().unlock();
    }
  }

  private long beginAnew(BlobName name) throws IOException {
    long nowMs = logTimeMs.getAsLong();
    Path file = file(name);
    Files.setLastModifiedTime(file, FileTime.fromMillis(nowMs));
    sync(file);
    return nowMs;
  }

  /**
   * Bodies that were neither stored nor vouched for since a log time.
   *
   * @param sinceMs log time, milliseconds
   * @param max most bodies to return
   */
  public List<BlobName> idle(long sinceMs, int max) throws IOException {
    List<BlobName> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(bodies, 2)) {
      Iterator<Path> each = files.filter(BlobStore::isBody).iterator();
      while (found.size() < max && each.hasNext()) {
        Path file = each.next();
        if (Files.getLastModifiedTime(file).toMillis() < sinceMs) {
          found.add(BlobName.parse(file.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static boolean isBody(Path file) {
    return file.getFileName().toString().matches("[0-9a-f]{64}") && Files.isRegularFile(file);
  }

  /** Directories of the accounts that have stored something. */
  List<Path> owners() throws IOException {
    try (Stream<Path> found = Files.list(accounts)) {
      return found.toList();
    }
  }

  /**
   * Deletes a body, unless it was stored or vouched for since a log time.
   *
   * @param sinceMs log time, milliseconds
   * @param owners of the accounts that may have stored it
   * @return bytes that became free
   */
  public long deleteIdle(BlobName name, long sinceMs, List<Path> owners) throws IOException {
    going.writeLock().lock();
    try {
      OptionalLong bytes = length(name);
      if (bytes.isEmpty() || Files.getLastModifiedTime(file(name)).toMillis() >= sinceMs) {
        return 0;
      }
      Files.delete(file(name));
      for (Path owner : owners) {
        if (Files.deleteIfExists(owner.resolve(name.hex()))) {
          Usage usage = usages.get(Integer.valueOf(owner.getFileName().toString()));
          if (usage != null) {
            release(usage, bytes.getAsLong());
          }
        }
      }
      return bytes.getAsLong();
    } finally {
      going.writeLock().unlock();
    }
  }

  @Override
  public Optional<InputStream> open(Hash32 sha256) throws IOException {
    return open(new BlobName(sha256)).map(Opened::content);
  }

  /**
   * Opens a body; empty when it is not in the store.
   *
   * @throws IOException when it can not be read
   */
  public Optional<Opened> open(BlobName name) throws IOException {
    OptionalLong length = length(name);
    return length.isEmpty()
        ? Optional.empty()
        : Optional.of(new Opened(length.getAsLong(), Files.newInputStream(file(name))));
  }

  /** A body's length in bytes; empty when it is not in the store. */
  public OptionalLong length(BlobName name) throws IOException {
    try {
      return OptionalLong.of(Files.size(file(name)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether the account has stored the body. */
  public boolean isStoredBy(BlobName name, int account) {
    return Files.exists(marker(name, account));
  }

  /**
   * Stores a body for an account.
   *
   * @param declaredBytes its length where the sender said it
   * @throws RequestFailure {@code TOO_LARGE}, {@code QUOTA_EXCEEDED}, {@code HASH_DIFFERS}; nothing
   *     is stored then
   * @throws IOException when the sender breaks off, or the disk fails
   */
  public Stored put(BlobName name, int account, InputStream content, OptionalLong declaredBytes)
      throws IOException {
    if (declaredBytes.orElse(0) > limits.blobBytesMax()) {
      throw tooLarge();
    }
    Usage usage = usage(account);
    Path temporary = Files.createTempFile(unfinished, name.hex().substring(0, 8) + "-", "");
    long reserved = 0;
    boolean kept = false;
    try {
      reserve(usage, account, declaredBytes.orElse(0));
      reserved = declaredBytes.orElse(0);
      long bytes = write(temporary, name, content);
      if (bytes > reserved) {
        reserve(usage, account, bytes - reserved);
        reserved = bytes;
      }
      going.readLock().lock();
      try {
        boolean isNew = publish(temporary, name);
        long _ = beginAnew(name);
        kept = note(name, account);
        return new Stored(isNew, bytes);
      } finally {
        going.readLock().unlock();
      }
    } finally {
      if (!kept) {
        release(usage, reserved);
      }
      Files.deleteIfExists(temporary);
    }
  }

  private long write(Path temporary, BlobName name, InputStream content) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] piece = new byte[PIECE_BYTES];
    long bytes = 0;
    try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
        bytes += n;
        if (bytes > limits.blobBytesMax()) {
          throw tooLarge();
        }
        digest.update(piece, 0, n);
        ByteBuffer left = ByteBuffer.wrap(piece, 0, n);
        while (left.hasRemaining()) {
          file.write(left);
        }
      }
      Hash32 found = Hash32.of(digest.digest());
      if (!found.equals(name.hash())) {
        throw RequestFailure.of(
            ProblemCode.HASH_DIFFERS,
            "The "
                + bytes
                + " bytes that arrived hash to "
                + found
                + ", not to "
                + name
                + ". Name the body by the SHA-256 of its bytes.");
      }
      file.force(true);
    }
    return bytes;
  }

  private RequestFailure tooLarge() {
    return RequestFailure.of(
        ProblemCode.TOO_LARGE,
        "A body has at most " + limits.blobBytesMax() + " bytes. Split the job into several.");
  }

  private boolean publish(Path temporary, BlobName name) throws IOException {
    Path target = file(name);
    Path directory = bodies.resolve(name.hex().substring(0, 2));
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      sync(bodies);
    }
    boolean isNew = !Files.exists(target);
    try {
      // Also over one that is there: what it should hold, these bytes do hold.
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the store must lie on one file system", e);
    }
    sync(directory);
    return isNew;
  }

  private boolean note(BlobName name, int account) throws IOException {
    Path directory = accounts.resolve(Integer.toString(account));
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      sync(accounts);
    }
    try {
      Files.createFile(marker(name, account));
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    sync(directory);
    return true;
  }

  private static void sync(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Usage usage(int account) throws IOException {
    Usage known = usages.get(account);
    if (known != null) {
      return known;
    }
    // Nothing goes while it is counted.
    going.readLock().lock();
    try {
      Usage counted = new Usage();
      Path directory = accounts.resolve(Integer.toString(account));
      if (Files.isDirectory(directory)) {
        try (Stream<Path> markers = Files.list(directory)) {
          for (Path marker : markers.toList()) {
            counted.bytes += length(BlobName.parse(marker.getFileName().toString())).orElse(0);
          }
        }
      }
      Usage raced = usages.putIfAbsent(account, counted);
      return raced == null ? counted : raced;
    } finally {
      going.readLock().unlock();
    }
  }

  private void reserve(Usage usage, int account, long bytes) {
    synchronized (usage) {
      if (usage.bytes + bytes > limits.accountBlobBytesMax()) {
        throw RequestFailure.of(
            ProblemCode.QUOTA_EXCEEDED,
            "Account "
                + account
                + " has "
                + usage.bytes
                + " of "
                + limits.accountBlobBytesMax()
                + " bytes in the store; "
                + bytes
                + " more do not fit. Use another account, or another gateway.");
      }
      usage.bytes += bytes;
    }
  }

  private static void release(Usage usage, long bytes) {
    synchronized (usage) {
      usage.bytes -= bytes;
    }
  }

  private Path file(BlobName name) {
    return bodies.resolve(name.hex().substring(0, 2)).resolve(name.hex());
  }

  private Path marker(BlobName name, int account) {
    return accounts.resolve(Integer.toString(account)).resolve(name.hex());
  }
}
