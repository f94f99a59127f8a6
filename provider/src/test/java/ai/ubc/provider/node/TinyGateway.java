package ai.ubc.provider.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.api.AccountView;
import ai.ubc.api.CommandDone;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.StoreReceipt;
import ai.ubc.api.WorkView;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** As much of a gateway as one node needs, with real sockets: one account, one job. */
final class TinyGateway implements AutoCloseable {
  static final int ACCOUNT = 7;
  static final long JOB = 5;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int REGISTER_ACCOUNT = 1;

  private final Genesis genesis =
      new Genesis(
          "tiny",
          0,
          new Hash32(1, 2, 3, 4),
          1,
          new Address(1, 2, 3),
          new Address(4, 5, 6),
          new Hash32(5, 6, 7, 8),
          GenesisParameters.development(),
          List.of(new Genesis.Allocation(new Address(1, 2, 3), Asset.COMPUTE, 1_000)));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final BlockingQueue<Integer> templates = new LinkedBlockingQueue<>();
  private final List<OutputStream> streams = new ArrayList<>();
  private final List<Long> entries = new ArrayList<>();
  private final AtomicLong seq = new AtomicLong(10);
  private volatile boolean registered;
  private volatile String state = "CLOSED";
  private volatile List<WorkView.Duty> work = List.of();
  private volatile @Nullable Terms terms;

  TinyGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The templates of the commands that came, in order. */
  BlockingQueue<Integer> templates() {
    return templates;
  }

  /** Stores a body; its name. */
  Hash32 store(byte[] body) {
    Hash32 name = Sha256.of(body);
    blobs.put(name.hex(), body);
    return name;
  }

  /** From now on the job is in this state and this is to be done; everybody who listens is told. */
  void workIs(Terms job, String newState, @Nullable String action) throws IOException {
    terms = job;
    state = newState;
    work =
        action == null
            ? List.of()
            : List.of(
                new WorkView.Duty(
                    action, 1_000_000, action.endsWith("VERDICT") ? 1 : null, view(job)));
    synchronized (streams) {
      long entry = seq.incrementAndGet();
      entries.add(entry);
      for (OutputStream stream : streams) {
        tell(stream, entry);
      }
    }
  }

  private static void tell(OutputStream stream, long entry) throws IOException {
    write(
        stream,
        "event: entry\ndata: {\"seq\":" + entry + ",\"logTimeMs\":2000,\"command\":\"Tick\"}\n\n");
  }

  private JobView view(Terms job) {
    return new JobView(
        job.job(),
        3L,
        state,
        1_000_000,
        8,
        ACCOUNT,
        job.program().toString(),
        job.input().toString(),
        Hash32.ZERO.toString(),
        job.items(),
        "quorum",
        3,
        "VALIDATORS",
        job.maxUnits(),
        100L,
        new JobView.Held(1, 2, 3, 4, 5),
        null,
        1,
        1,
        1,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    exchange.getResponseHeaders().set("UBC-Seq", Long.toString(seq.get()));
    switch (path) {
      case "/v1/genesis" -> send(exchange, 200, GenesisFile.toJson(genesis).getBytes(UTF_8));
      case "/v1/network" -> send(exchange, 200, network().getBytes(UTF_8));
      case "/v1/commands" -> take(exchange, body);
      case "/v1/accounts", "/v1/accounts/7" -> account(exchange);
      case "/v1/accounts/7/work" -> json(exchange, new WorkView(ACCOUNT, 2_000, work));
      case "/v1/market/wasi" ->
          json(
              exchange,
              new MarketView(
                  "wasi",
                  List.of(new MarketView.Offer(1, ACCOUNT, 100, 9, 5, 1)),
                  List.of(),
                  List.of(),
                  null));
      case "/v1/stream" -> stream(exchange);
      case "/v1/jobs/5" -> {
        Terms job = terms;
        if (job == null) {
          problem(exchange, "UNKNOWN_JOB");
        } else {
          json(exchange, view(job));
        }
      }
      default -> blob(exchange, path, body);
    }
  }

  private String network() {
    return "{\"name\":\"tiny\",\"chainId\":0,\"genesisHash\":\""
        + GenesisFile.hash(genesis)
        + "\",\"schemaVersion\":3,\"rulesVersion\":1,\"development\":true,\"seq\":"
        + seq.get()
        + ",\"clock\":{\"logTimeMs\":2000,\"unixTimeMs\":0},\"assets\":[],\"limits\":{"
        + "\"commandBytesMax\":1024,\"blobBytesMax\":67108864,\"accountBlobBytesMax\":1,"
        + "\"accessAheadMaxMs\":1,\"jobsPageMax\":100,\"offersMax\":256}}";
  }

  private void account(HttpExchange exchange) throws IOException {
    if (!registered) {
      problem(exchange, "UNKNOWN_ACCOUNT");
      return;
    }
    json(
        exchange,
        new AccountView(
            ACCOUNT,
            "0x",
            List.of(
                new AccountView.Balance(Asset.UBC, "UBC", 77),
                new AccountView.Balance(Asset.COMPUTE, "COMPUTE", 5_000)),
            300,
            200,
            150,
            List.of(
                new AccountView.Hold(1, 1, "PROVIDER_BOND", 100, ACCOUNT, 2),
                new AccountView.Hold(1, 2, "PROVIDER_BOND", 900, 2, ACCOUNT),
                new AccountView.Hold(1, 3, "DUTY_BOND", 50, ACCOUNT, ACCOUNT)),
            1));
  }

  private void take(HttpExchange exchange, byte[] command) throws IOException {
    int template = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN).getShort(2);
    registered |= template == REGISTER_ACCOUNT;
    json(exchange, new CommandDone(seq.incrementAndGet()));
    templates.add(template);
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long after = Long.parseLong(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    synchronized (streams) {
      write(out, "event: position\ndata: {\"seq\":" + after + ",\"logTimeMs\":2000}\n\n");
      for (long entry : entries) {
        if (entry > after) {
          tell(out, entry);
        }
      }
      streams.add(out);
    }
  }

  private void blob(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.endsWith("/receipt")) {
      String hash = "0x" + "5".repeat(64);
      json(exchange, new StoreReceipt(1, hash, 1, hash, 2_000_000, "0x" + "7".repeat(128)));
      return;
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (exchange.getRequestMethod().equals("PUT")) {
      blobs.put(name, body);
      send(exchange, 201, "{}".getBytes(UTF_8));
    } else if (blobs.containsKey(name)) {
      send(exchange, 200, blobs.getOrDefault(name, body));
    } else {
      problem(exchange, "UNKNOWN_BODY");
    }
  }

  private static void problem(HttpExchange exchange, String code) throws IOException {
    send(
        exchange,
        404,
        ("{\"status\":404,\"code\":\"" + code + "\",\"detail\":\"none\"}").getBytes(UTF_8));
  }

  private static void json(HttpExchange exchange, Object value) throws IOException {
    send(exchange, 200, MAPPER.writeValueAsBytes(value));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
