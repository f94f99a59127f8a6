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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node tells of itself over HTTP, for who watches its machine: {@code GET /health} answers
 * 200 while it takes part, and 503 before, after it was told to stop, and while it does not see the
 * ledger; {@code GET /status} says what it is and does. It takes no commands and tells no secrets.
 * From any thread.
 */
final class NodePage implements AutoCloseable {
  private static final int CONNECTIONS_MAX = 1_024;
  private static final int REQUEST_SECONDS_MAX = 10;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String WORKING = "working";
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

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
   * @param isInTouch whether it has seen the ledger lately
   * @param isLeaving whether it was told to stop
   * @param duties what it has to do now
   * @param account its account
   * @param gateway where it dials
   * @param workers programs that it runs at a time
   * @param terms what it is, in a line for people
   */
  record Subject(
      String role,
      BooleanSupplier isInTouch,
      BooleanSupplier isLeaving,
      Supplier<Unfinished> duties,
      int account,
      URI gateway,
      int workers,
      String terms) {
    private String state() {
      if (isLeaving.getAsBoolean()) {
        return "leaving";
      }
      return isInTouch.getAsBoolean() ? WORKING : "out of touch with the gateway";
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Listen listen;
  private final AtomicReference<@Nullable Subject> subject = new AtomicReference<>();

  /**
   * Listens at once, and says that the node is starting until it is told of one.
   *
   * @throws IOException when the address is taken, or the certificate can not be read
   */
  NodePage(Listen listen) throws IOException {
    this.listen = listen;
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

  /** Tells of this node from now on. */
  void show(Subject node) {
    subject.set(node);
  }

  /** Where it answers, with the fingerprint of its key where there is one. */
  URI url() throws IOException {
    return listen.url(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Subject node = subject.get();
      if (!isForUs(exchange)) {
        tell(exchange, FORBIDDEN, Map.of("error", "ask by an address of this machine"));
      } else if (!path.equals("/health") && !path.equals("/status")) {
        tell(exchange, NOT_FOUND, Map.of("error", "there is /health and /status"));
      } else if (!READS.contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        tell(exchange, NOT_ALLOWED, Map.of("error", "only GET and HEAD"));
      } else if (path.equals("/health") || node == null) {
        String state = node == null ? "starting" : node.state();
        tell(exchange, state.equals(WORKING) ? OK : UNAVAILABLE, Map.of("state", state));
      } else {
        tell(exchange, OK, status(node));
      }
    }
  }

  // A page of somebody else's, open in a browser here, asks by its own name.
  private boolean isForUs(HttpExchange exchange) {
    String host = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
    String name = host.replaceFirst(":\\d+$", "");
    return listen.isOpen() || LOCAL_NAMES.contains(name) || name.equals(listen.host());
  }

  private static Map<String, Object> status(Subject node) {
    Unfinished duties = node.duties().get();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("role", node.role());
    status.put("state", node.state());
    status.put("account", node.account());
    status.put("gateway", node.gateway().toString());
    status.put("terms", node.terms());
    status.put("programsMax", node.workers());
    status.put("running", duties.running());
    status.put("committed", duties.committed());
    return status;
  }

  private static void tell(HttpExchange exchange, int code, Map<String, ?> content)
      throws IOException {
    byte[] body = (JsonMapper.shared().writeValueAsString(content) + "\n").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, isHead ? -1 : body.length);
    if (!isHead) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
