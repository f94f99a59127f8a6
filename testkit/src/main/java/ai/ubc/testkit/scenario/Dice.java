package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded choices. The same seed gives the same choices on every machine. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Whether something of {@code percent} probability happens. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** From 0 to {@code bound} − 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included (but for the greatest long). */
  long between(long low, long high) {
    if (high <= low) {
      return low;
    }
    return high == Long.MAX_VALUE ? random.nextLong(low, high) : random.nextLong(low, high + 1);
  }

  /** From 1 to about {@code most}, every order of magnitude as likely as the others. */
  long magnitude(long most) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, most));
    return between(1, Math.min(most, Math.max(1, -1L >>> (64 - between(1, bits)))));
  }

  long any() {
    return random.nextLong();
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(Collection<T> values) {
    return values.stream().skip(random.nextInt(values.size())).findFirst().orElseThrow();
  }

  Hash32 hash() {
    return new Hash32(any(), any(), any(), any());
  }

  Address address() {
    return new Address(any(), any(), (int) any());
  }
}
