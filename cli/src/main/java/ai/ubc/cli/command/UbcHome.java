package ai.ubc.cli.command;

import java.nio.file.Path;

/**
 * Where this user's key and network live: {@code $UBC_HOME}, else {@code .ubc} in the home
 * directory.
 */
public final class UbcHome {
  private UbcHome() {}

  /** The directory; it may not exist yet. */
  public static Path directory() {
    String configured = System.getenv("UBC_HOME");
    return configured == null || configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".ubc")
        : Path.of(configured).toAbsolutePath();
  }

  /** The user's key file. */
  public static Path wallet() {
    return directory().resolve("wallet.key");
  }

  /** Programs that a network brings, unpacked once for all networks of this user. */
  public static Path programs() {
    return directory().resolve("programs");
  }

  /** The default data directory of a network of one's own. */
  public static Path network() {
    return directory().resolve("network");
  }
}
