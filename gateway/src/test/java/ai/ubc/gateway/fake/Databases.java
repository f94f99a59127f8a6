package ai.ubc.gateway.fake;

import ai.ubc.gateway.database.Storage;
import ai.ubc.gateway.database.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL server for all tests of this JVM, with a database for whoever asks. */
public final class Databases implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Databases.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static volatile Storage.@org.jspecify.annotations.Nullable Jdbc server;

  /** Where the programs of PostgreSQL are unpacked for all tests. */
  public static Path programs() {
    return Path.of("target", "postgres-programs").toAbsolutePath();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(TestServer.class, _ -> new TestServer(programs()), TestServer.class)
            .jdbc();
  }

  /** A fresh, empty database. */
  public static Storage.Jdbc fresh() {
    Storage.Jdbc main = java.util.Objects.requireNonNull(server, "extend with Databases");
    String name = "test" + NUMBER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(main.url(), main.user(), main.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database", e);
    }
    String base = main.url().substring(0, main.url().lastIndexOf('/') + 1);
    return new Storage.Jdbc(base + name, main.user(), main.password());
  }
}
