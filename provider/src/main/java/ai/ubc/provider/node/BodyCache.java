package ai.ubc.provider.node;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bodies that were fetched before, up to a number of bytes; those used longest ago go first. A body
 * is checked against its name whenever it is used: a disk error must not become a wrong verdict.
 * From any thread.
 */
final class BodyCache {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final int STRIPES = 64;
  private static final Set<String> UNAVAILABLE =
      Set.of(
          GatewayProblem.UNKNOWN_BODY,
          GatewayProblem.ACCESS_DENIED,
          GatewayProblem.BODY_TOO_LARGE,
          GatewayProblem.BODY_DIFFERS);

  private final Path directory;
  private final BodyStore store;
  private final NodeLimits limits;
  // Two users of one body do not fetch it twice.
  private final List<ReentrantLock> stripes =
      IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();
  private final ReentrantLock bookLock = new ReentrantLock();
  // Lengths by name, those used longest ago first; files are deleted under bookLock only.
  private final Map<String, Long> book = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * A cache in {@code directory}, which exists, belongs to it alone, and lies on one disk with what
   * it is used for.
   */
  BodyCache(Path directory, BodyStore store, NodeLimits limits) throws IOException {
    this.directory = directory;
    this.store = store;
    this.limits = limits;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches()) {
          enter(name, Files.size(file));
        } else {
          Files.delete(file); // what a stop in the middle of a fetch left
        }
      }
    }
  }

  /**
   * Makes a body appear as the file {@code target}, which stays whatever becomes of the cache.
   *
   * @throws BodyUnavailable when it is not to be had
   * @throws UbcException when the gateway failed
   * @throws IOException when the disk failed
   */
  void place(Hash32 sha256, Path target)
      throws BodyUnavailable, UbcException, IOException, InterruptedException {
    ReentrantLock stripe = stripes.get(Math.floorMod(sha256.hashCode(), STRIPES));
    stripe.lockInterruptibly();
    try {
      Path kept = directory.resolve(sha256.hex());
      do {
        if (!isWhole(kept, sha256)) {
          fetch(sha256, kept);
        }
      } while (!link(kept, target));
    } finally {
      stripe.unlock();
    }
  }

  private static boolean isWhole(Path kept, Hash32 sha256) throws IOException {
    return Files.isRegularFile(kept) && Sha256.of(kept).equals(sha256);
  }

  private void fetch(Hash32 sha256, Path kept)
      throws BodyUnavailable, UbcException, InterruptedException {
    try {
      store.get(sha256, kept, limits.bodyBytesMax());
    } catch (GatewayProblem e) {
      if (UNAVAILABLE.contains(e.code())) {
        throw new BodyUnavailable(sha256, e);
      }
      throw e;
    }
  }

  // False when the body was thrown out since it was looked at.
  private boolean link(Path kept, Path target) throws IOException {
    bookLock.lock();
    try {
      if (!Files.exists(kept)) {
        return false;
      }
      Files.createLink(target, kept);
      enter(kept.getFileName().toString(), Files.size(kept));
      Iterator<Map.Entry<String, Long>> oldest = book.entrySet().iterator();
      while (bytes > limits.cacheBytesMax() && oldest.hasNext()) {
        Map.Entry<String, Long> out = oldest.next();
        Files.deleteIfExists(directory.resolve(out.getKey()));
        bytes -= out.getValue();
        oldest.remove();
      }
      return true;
    } finally {
      bookLock.unlock();
    }
  }

  private void enter(String name, long length) {
    Long before = book.put(name, length);
    bytes += length - (before == null ? 0 : before);
  }
}
