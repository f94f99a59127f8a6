package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gateway of real sockets for commands that meet a fault halfway: answers of a path are given in
 * their order, the last for ever; what is not scripted is not found.
 */
public final class ScriptedGateway implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Genesis genesis =
      DevelopmentGenesis.create(
          new Hash32(1, 2, 3, 4),
          1,
          new Address(1, 2, 3),
          new Address(4, 5, 6),
          new Hash32(5, 6, 7, 8));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** What goes back. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, byte[] body) {
    /** A good answer. */
    public static Reply bytes(byte[] body) {
      return new Reply(200, body);
    }

    /** A good answer of JSON. */
    public static Reply json(Object value) {
      return bytes(MAPPER.writeValueAsBytes(value));
    }

    /** A failure that no repeating helps against. */
    public static Reply problem(int status, String code) {
      return new Reply(
          status,
          MAPPER.writeValueAsBytes(
              Map.of("type", code, "title", "so", "status", status, "detail", "so", "code", code)));
    }
  }

  /** Knows its network and nothing else. */
  public ScriptedGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    String json = GenesisFile.toJson(genesis);
    on("GET /v1/genesis", Reply.bytes(json.getBytes(UTF_8)));
    on("GET /v1/network", Reply.json(network((ObjectNode) MAPPER.readTree(json))));
  }

  private ObjectNode network(ObjectNode genesisTree) {
    ObjectNode network = MAPPER.createObjectNode();
    network.put("name", genesis.name()).put("chainId", 0).put("development", true).put("seq", 1);
    network.put("genesisHash", GenesisFile.hash(genesis).toString());
    network.put("schemaVersion", 1).put("rulesVersion", 1).putArray("assets");
    network.putObject("clock").put("logTimeMs", 5_000_000).put("unixTimeMs", 0);
    ObjectNode parameters = (ObjectNode) genesisTree.get("parameters").deepCopy();
    parameters.remove("agreement");
    parameters.put("agreementNumerator", 2).put("agreementDenominator", 3);
    network.set("parameters", parameters);
    network
        .putObject("limits")
        .put("commandBytesMax", 1_024)
        .put("blobBytesMax", 64 << 20)
        .put("accountBlobBytesMax", 1L << 32)
        .put("accessAheadMaxMs", 86_400_000)
        .put("jobsPageMax", 100)
        .put("offersMax", 256);
    return network;
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds an answer to {@code "METHOD /path"}; a query string is not compared. */
  public ScriptedGateway on(String target, Reply reply) {
    Deque<Reply> queue = replies.computeIfAbsent(target, _ -> new ArrayDeque<>());
    synchronized (queue) {
      queue.add(reply);
    }
    return this;
  }

  /** What came so far, {@code "METHOD /path?query"}. */
  public List<String> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    Reply reply = next(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(reply.body());
    }
  }

  private Reply next(String target) {
    Deque<Reply> queue = replies.get(target);
    if (queue == null) {
      return Reply.problem(404, "NOT_FOUND");
    }
    synchronized (queue) {
      return queue.size() > 1 ? queue.remove() : queue.element();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
