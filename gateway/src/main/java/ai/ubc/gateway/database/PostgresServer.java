package ai.ubc.gateway.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a part of this process: its data lie in a directory of their own and
 * survive a restart; it listens on the loopback address only and lets in only who has the random
 * password that is made with the data. Where this process runs as root, which PostgreSQL refuses to
 * do, the server runs in a user namespace without privileges.
 */
final class PostgresServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final int STARTS_MAX = 3;
  private static final long READY_POLL_MS = 5;
  private static final int READY_POLLS_MAX = 12_000;
  private static final long LEFT_BEHIND_WAIT_S = 20;
  private static final long OWNER_WAIT_S = 3;
  private static final int LOG_TAIL_CHARS = 2_000;
  private static final String USER = "ubc";
  // Another major version can not read these data; it derives its own.
  private static final String DATA = "data-18";
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Programs and data of a server, and how it is reached. */
  private record Place(Path binaries, Path directory, Path data, int port, String password) {
    Path log() {
      return directory.resolve("postgres.log");
    }
  }

  private final Place place;
  private final KeptProcess server;
  private final Thread end = new Thread(this::endLast, "ubc-postgres-end");

  private PostgresServer(Place place, KeptProcess server) {
    this.place = place;
    this.server = server;
  }

  /**
   * Starts the server, making its data first where there are none, and waits until it takes
   * connections. A server that an earlier, killed process left behind is stopped first. A server
   * that ends before it is closed is started again, at the same place.
   *
   * @throws IOException when it can not be started; the message holds the end of the server's log
   */
  static PostgresServer start(Storage.Embedded storage) throws IOException, InterruptedException {
    Path binaries = PostgresBinaries.prepare(storage.binaries());
    Path directory = Files.createDirectories(storage.directory(), OWNER_ONLY).toAbsolutePath();
    Path data = directory.resolve(DATA);
    if (!Files.isDirectory(data)) {
      initialise(binaries, directory, data);
    }
    stopLeftBehind(data);
    String password = Files.readString(directory.resolve("password")).strip();
    IOException last = new IOException("not tried");
    for (int i = 0; i < STARTS_MAX; i++) {
      try {
        Place place = new Place(binaries, directory, data, freePort(), password);
        PostgresServer server =
            new PostgresServer(
                place,
                KeptProcess.start("PostgreSQL", () -> launch(place), KeptProcess.Time.ofMachine()));
        server.endWithTheProcess();
        return server;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static void initialise(Path binaries, Path directory, Path data)
      throws IOException, InterruptedException {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    Path password = directory.resolve("password");
    Files.deleteIfExists(password);
    Files.createFile(password, OWNER_ONLY_FILE);
    Files.writeString(password, HexFormat.of().formatHex(secret) + "\n");
    Path unfinished = Files.createTempDirectory(directory, "data-");
    Path log = directory.resolve("initdb.log");
    Process initdb =
        start(
            log,
            binaries,
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions");
    if (initdb.waitFor() != 0) {
      throw new IOException("initdb failed: " + tail(log));
    }
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Process launch(Place place) throws IOException, InterruptedException {
    Process server =
        start(
            place.log(),
            place.binaries(),
            "postgres",
            "-D",
            place.data().toString(),
            "-p",
            Integer.toString(place.port()),
            "--listen_addresses=127.0.0.1",
            "--unix_socket_directories=",
            "--max_connections=32",
            "--shared_buffers=32MB",
            // Everything here can be derived again, and a position is committed with its rows.
            "--synchronous_commit=off",
            "--wal_level=minimal",
            "--min_wal_size=32MB",
            "--max_wal_size=256MB",
            "--max_wal_senders=0",
            "--io_method=sync",
            "--jit=off");
    try {
      awaitReady(server, place.data().resolve("postmaster.pid"), place.log());
    } catch (IOException | InterruptedException e) {
      server.destroy();
      throw e;
    }
    return server;
  }

  private void endWithTheProcess() {
    try {
      Runtime.getRuntime().addShutdownHook(end);
    } catch (IllegalStateException e) {
      // This process is ending already.
      close();
      throw e;
    }
  }

  // The server writes its status into the eighth line of its pid file (pg_ctl waits in this way).
  private static void awaitReady(Process server, Path pidFile, Path log)
      throws IOException, InterruptedException {
    for (int i = 0; i < READY_POLLS_MAX; i++) {
      if (server.waitFor(READY_POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new IOException("PostgreSQL did not start: " + tail(log));
      }
      List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
      if (lines.size() >= 8
          && lines.get(0).strip().equals(Long.toString(server.pid()))
          && lines.get(7).strip().equals("ready")) {
        return;
      }
    }
    throw new IOException("PostgreSQL was not ready in time: " + tail(log));
  }

  private static void stopLeftBehind(Path data) throws IOException, InterruptedException {
    Optional<ProcessHandle> left = leftBehind(data);
    if (left.isPresent()) {
      left.get().destroy();
      try {
        left.get().onExit().get(LEFT_BEHIND_WAIT_S, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        throw new IOException(
            "a PostgreSQL server (process "
                + left.get().pid()
                + ") still uses "
                + data
                + "; end it, or the other gateway that it belongs to",
            e);
      }
    }
  }

  private static Optional<ProcessHandle> leftBehind(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !lines.get(1).strip().equals(data.toString())) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().command().orElse("").endsWith("/bin/postgres"));
  }

  private static Process start(Path log, Path binaries, String program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    // In a session of its own a Ctrl-C at the terminal does not reach the server before us.
    command.add("setsid");
    if (isRoot()) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(binaries.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new IOException(
          "the embedded PostgreSQL needs the programs setsid and unshare (util-linux); install"
              + " them, or use a PostgreSQL of your own",
          e);
    }
  }

  // Whoever started the gateway closes it when this process is told to end, which is the better
  // end. Where nobody does, the server is ended a little later.
  private void endLast() {
    Process ending = server.letGo();
    try {
      if (!ending.waitFor(OWNER_WAIT_S, TimeUnit.SECONDS)) {
        ending.destroy();
      }
    } catch (InterruptedException e) {
      ending.destroy();
    }
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String tail(Path log) throws IOException {
    String text = Files.exists(log) ? Files.readString(log, UTF_8) : "no log";
    return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARS));
  }

  /** Where and as whom to connect. */
  Storage.Jdbc jdbc() {
    return new Storage.Jdbc(
        "jdbc:postgresql://127.0.0.1:" + place.port() + "/postgres", USER, place.password());
  }

  /** The server's process. */
  ProcessHandle process() {
    return server.process().toHandle();
  }

  /** Stops the server once its last client has gone; at the latest after 20 seconds. */
  @Override
  public void close() {
    forgetEnd();
    server.close();
  }

  private void forgetEnd() {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending, and the hook is at work", e);
    }
  }
}
