package ai.ubc.api;

import java.util.List;

/**
 * The proof (RFC 9162, section 2.1.4) that the log of {@code second} records begins with that of
 * {@code first}: whoever has a signed root of each checks that the log was only added to.
 *
 * @param first the smaller size
 * @param second the larger size
 * @param path the proof's hashes, hexadecimal with {@code 0x}
 */
public record LogConsistencyView(long first, long second, List<String> path) {
  /** Copies the path. */
  public LogConsistencyView {
    path = List.copyOf(path);
  }
}
