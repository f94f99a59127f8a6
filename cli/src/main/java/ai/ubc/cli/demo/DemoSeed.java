package ai.ubc.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.sdk.Randomness;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that a demonstration draws at random, from one number: each use has a generator of its
 * own, so that what one draws does not depend on how often others did. Whoever knows the number
 * knows every key, so nothing but the demonstration may have this.
 */
final class DemoSeed implements Randomness {
  /** What the genesis of a demonstration says of its creation: the begin of 2026. */
  static final long CREATED_MS = 1_767_225_600_000L;

  // The only generator of the JDK that a seed given before the first use determines.
  private static final String ALGORITHM = "SHA1PRNG";

  private final long seed;
  private final Map<String, SecureRandom> sources = new ConcurrentHashMap<>();

  /** What follows from this number. */
  DemoSeed(long seed) {
    this.seed = seed;
  }

  /** The number. */
  long seed() {
    return seed;
  }

  @Override
  public SecureRandom of(String use) {
    return sources.computeIfAbsent(use, this::source);
  }

  private SecureRandom source(String use) {
    try {
      SecureRandom source = SecureRandom.getInstance(ALGORITHM);
      source.setSeed(Sha256.of(("ubc demo " + seed + "\n" + use).getBytes(UTF_8)).bytes());
      return source;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }
}
