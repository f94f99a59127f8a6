package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.api.NetworkView;
import ai.ubc.api.Problem;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway of real sockets that answers what a test scripts: answers of a path are given in their
 * order, the last for ever.
 */
public final class TestGateway implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Genesis genesis;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Other> others = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What came. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(
      String method,
      String target,
      byte[] body,
      @Nullable String lastEventId,
      @Nullable String authorization) {}

  private record Other(Predicate<String> kind, Reply reply) {}

  /** What goes back. */
  @FunctionalInterface
  public interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  public TestGateway() {
    this(genesis(GenesisParameters.development()));
  }

  public TestGateway(Genesis genesis) {
    this.genesis = genesis;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    on("GET /v1/genesis", text(200, GenesisFile.toJson(genesis)));
    on("GET /v1/network", json(200, network(hash(), 5_000_000)));
  }

  public static Genesis genesis(GenesisParameters parameters) {
    Address treasury = new Address(1, 2, 3);
    return new Genesis(
        "test",
        0,
        new Hash32(1, 2, 3, 4),
        1_700_000_000_000L,
        treasury,
        treasury,
        new Hash32(5, 6, 7, 8),
        parameters,
        List.of(new Genesis.Allocation(new Address(4, 5, 6), Asset.COMPUTE, 1_000_000_000)));
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public Hash32 hash() {
    return GenesisFile.hash(genesis);
  }

  public NetworkView network(Hash32 hash, long logTimeMs) {
    GenesisParameters p = genesis.parameters();
    return new NetworkView(
        "test",
        0,
        hash.toString(),
        1,
        1,
        true,
        1,
        new NetworkView.Clock(logTimeMs, 0),
        new NetworkView.Parameters(
            p.minimumPriceMicros(),
            p.feePpm(),
            p.burnPpm(),
            p.depositPpm(),
            p.bondPpm(),
            p.checkingPpm(),
            p.dutyBondPpm(),
            p.bondMinMicros(),
            2,
            3,
            p.validatorsMin(),
            p.validatorsMax(),
            p.redrawsMax(),
            p.itemsMax(),
            p.unitsMax(),
            p.priceMicrosMax(),
            p.unitsPerSecondMin(),
            p.runWindowMinMs(),
            p.runWindowMaxMs(),
            p.secretWindowMs(),
            p.beaconWindowMs(),
            p.sealWindowMs(),
            p.openWindowMs(),
            p.disputeWindowMs(),
            p.bondUnlockMs(),
            p.notAfterMaxMs(),
            p.pendingPerSignerMax()),
        List.of(),
        new NetworkView.Limits(1_024, 64 << 20, 1L << 32, 86_400_000, 100, 256));
  }

  /** Adds an answer to {@code "METHOD /path"}; a query string is not compared. */
  public TestGateway on(String target, Reply reply) {
    Deque<Reply> queue = replies.computeIfAbsent(target, t -> new ArrayDeque<>());
    synchronized (queue) {
      queue.add(reply);
    }
    return this;
  }

  /** Answers every request of this kind that nothing else answers, {@code "METHOD /path"}. */
  public TestGateway onAny(Predicate<String> kind, Reply reply) {
    others.add(0, new Other(kind, reply));
    return this;
  }

  /** Forgets the answers to a target. */
  public TestGateway forget(String target) {
    replies.remove(target);
    return this;
  }

  /** What came so far to a target. */
  public List<Request> requests(String target) {
    return requests.stream()
        .filter(r -> (r.method() + " " + r.target()).split("\\?", 2)[0].equals(target))
        .toList();
  }

  /** What came so far by a method. */
  public List<Request> requestsOf(String method) {
    return requests.stream().filter(r -> r.method().equals(method)).toList();
  }

  public static Reply text(int status, String text) {
    return exchange -> send(exchange, status, text.getBytes(UTF_8));
  }

  public static Reply bytes(byte[] bytes) {
    return exchange -> send(exchange, 200, bytes);
  }

  public static Reply json(int status, Object value) {
    return json(status, value, 0);
  }

  public static Reply json(int status, Object value, long seq) {
    return exchange -> {
      exchange.getResponseHeaders().set("UBC-Seq", Long.toString(seq));
      send(exchange, status, MAPPER.writeValueAsBytes(value));
    };
  }

  public static Reply problem(int status, String code) {
    return json(
        status, new Problem("urn:ubc:problem:" + code, code, status, "so", "/", code, null, null));
  }

  public static Reply refusal(int status, Refusal refusal, @Nullable Long seq) {
    return json(
        status,
        new Problem(
            "urn:ubc:problem:" + refusal,
            "refused",
            status,
            refusal.advice(),
            "/",
            refusal.name(),
            refusal.number(),
            seq));
  }

  /** Reads the request and breaks the connection. */
  public static Reply lost() {
    return HttpExchange::close;
  }

  /** Reads the request and never answers. */
  public static Reply silent() {
    return exchange -> {};
  }

  /** Sends messages of a stream; then ends it, or keeps it open. */
  public static Reply stream(boolean end, String... messages) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      for (String message : messages) {
        out.write(message.getBytes(UTF_8));
      }
      out.flush();
      if (end) {
        exchange.close();
      }
    };
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestURI().toString();
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            target,
            body,
            exchange.getRequestHeaders().getFirst("Last-Event-ID"),
            exchange.getRequestHeaders().getFirst("Authorization")));
    String key = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    next(key).orElse(problem(404, "NOT_FOUND")).to(exchange);
  }

  private Optional<Reply> next(String key) {
    Deque<Reply> queue = replies.get(key);
    if (queue == null) {
      return others.stream().filter(o -> o.kind().test(key)).map(Other::reply).findFirst();
    }
    synchronized (queue) {
      return Optional.ofNullable(queue.size() > 1 ? queue.poll() : queue.peek());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
