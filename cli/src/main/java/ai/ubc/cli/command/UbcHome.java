package ai.ubc.cli.command;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where this user's key and network live: {@code $UBC_HOME}, else {@code .ubc} in the home
 * directory.
 */
public final class UbcHome {
  private UbcHome() {}

  /** The directory; it may not exist yet. */
  public static Path directory() {
    return directory(System.getenv());
  }

  /** The directory by these variables; it may not exist yet. */
  static Path directory(Map<String, String> environment) {
    String configured = environment.getOrDefault("UBC_HOME", "");
    return configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".ubc")
        : Path.of(configured).toAbsolutePath();
  }

  /** The user's key file where nobody names another. */
  public static Path wallet(Path home) {
    return home.resolve("wallet.key");
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
