package ai.ubc.gateway.database;

import java.nio.file.Path;

/** Which PostgreSQL holds the projections. */
public sealed interface Storage {
  /**
   * A server of the gateway's own, which it starts and stops.
   *
   * @param directory where its data lie; they survive a restart
   * @param binaries where its programs are unpacked, once; only this user may write there
   */
  record Embedded(Path directory, Path binaries) implements Storage {}

  /**
   * A server that is there.
   *
   * @param url {@code jdbc:postgresql://…}
   * @param user role that owns the database
   * @param password its password
   */
  record Jdbc(String url, String user, String password) implements Storage {
    @Override
    public String toString() {
      return "Jdbc(" + url + ", " + user + ")";
    }
  }
}
