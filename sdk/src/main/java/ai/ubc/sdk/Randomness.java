package ai.ubc.sdk;

import java.security.SecureRandom;

/**
 * Where a program's keys, secrets, salts and nonces come from: an argument, so that a demonstration
 * can be repeated. Everything else takes {@link #SYSTEM}. From any thread.
 */
@FunctionalInterface
public interface Randomness {
  /** That of this machine, which nobody can foresee or repeat. */
  Randomness SYSTEM = use -> new SecureRandom();

  /**
   * The source for one use, apart from those for all others. Asked for again, it goes on and does
   * not begin anew.
   *
   * @param use what it is for, such as {@code key alice}
   */
  SecureRandom of(String use);

  /** The same for what somebody does, apart from what others do. */
  default Randomness within(String name) {
    return use -> of(name + ": " + use);
  }
}
