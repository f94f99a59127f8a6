package ai.ubc.cli.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.provider.node.Unfinished;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node tells of itself over HTTP, for who watches its machine: {@code GET /health} answers
 * 200 while it takes part and 503 when it does not, {@code GET /status} says what it is and does.
 * It takes no commands, and tells nothing that the ledger does not tell everybody. From any thread.
 */
final class NodePage implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 64;
  private static final int REQUEST_SECONDS_MAX = 10;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;

  static {
    // The server of the JDK is told its limits by properties alone.
    System.setProperty("jdk.httpserver.maxConnections", String.valueOf(CONNECTIONS_MAX));
    System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(REQUEST_SECONDS_MAX));
    System.setProperty("sun.net.httpserver.maxRspTime", String.valueOf(REQUEST_SECONDS_MAX));
  }

  /**
   * What is told of a node.
   *
   * @param role provider or validator
   * @param duties what it has to do now
   * @param account its account
   * @param gateway where it dials
   * @param workers programs that it runs at a time
   * @param offers what it is, in a line for people
   * @param isLeaving whether it was told to stop
   */
  record Subject(
      String role,
      Supplier<Unfinished> duties,
      int account,
      URI gateway,
      int workers,
      String offers,
      BooleanSupplier isLeaving) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Subject subject;
  private final Listen listen;

  /**
   * Listens at once.
   *
   * @throws IOException when the address is taken, or the certificate can not be read
   */
  NodePage(Listen listen, Subject subject) throws IOException {
    this.listen = listen;
    this.subject = subject;
    InetSocketAddress address = new InetSocketAddress(listen.address(), listen.port());
    if (listen.tls().isPresent()) {
      HttpsServer secured = HttpsServer.create(address, 0);
      secured.setHttpsConfigurator(
          new HttpsConfigurator(OwnCertificate.context(listen.tls().get())));
      server = secured;
    } else {
      server = HttpServer.create(address, 0);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it answers, with the fingerprint of its key where there is one. */
  URI url() throws IOException {
    return listen.url(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean isKnown = path.equals("/health") || path.equals("/status");
      if (!isKnown) {
        tell(exchange, NOT_FOUND, Map.of("error", "there is /health and /status"));
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        tell(exchange, NOT_ALLOWED, Map.of("error", "only GET"));
      } else if (path.equals("/health")) {
        String state = state();
        tell(exchange, state.equals("working") ? OK : UNAVAILABLE, Map.of("state", state));
      } else {
        tell(exchange, OK, status());
      }
    }
  }

  private String state() {
    return subject.isLeaving().getAsBoolean() ? "leaving" : "working";
  }

  private Map<String, Object> status() {
    Unfinished duties = subject.duties().get();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("role", subject.role());
    status.put("state", state());
    status.put("account", subject.account());
    status.put("gateway", subject.gateway().toString());
    status.put("terms", subject.offers());
    status.put("programsMax", subject.workers());
    status.put("running", duties.running());
    status.put("committed", duties.committed());
    return status;
  }

  private static void tell(HttpExchange exchange, int code, Map<String, ?> content)
      throws IOException {
    byte[] body = (JsonMapper.shared().writeValueAsString(content) + "\n").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
