package ai.ubc.gateway.fake;

import ai.ubc.api.Problem;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Command;
import ai.ubc.gateway.Gateway;
import ai.ubc.gateway.GatewayConfig;
import ai.ubc.gateway.database.Storage;
import ai.ubc.gateway.limits.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway over a test network, and a plain HTTP client for it. */
public final class TestGateway implements AutoCloseable {
  public static final String OCTETS = "application/octet-stream";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final TestNetwork network;
  private final Gateway gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  public TestGateway(TestNetwork network, Path directory) {
    this(network, directory, Databases.fresh(), Limits.standard());
  }

  public TestGateway(TestNetwork network, Path directory, Storage storage, Limits limits) {
    this.network = network;
    FakeLedger ledger = network.ledger();
    try {
      gateway =
          Gateway.start(
              GatewayConfig.local(
                      0, directory, network.genesis(), true, TestNetwork.NOTARY, ledger, ledger)
                  .withStorage(storage)
                  .withLimits(limits)
                  .withClock(ledger::nowMs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    get("/v1/network?after=" + ledger.lastSeq());
  }

  public String url() {
    return gateway.url();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path));
  }

  public HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<byte[]> get(String path) {
    return send(request(path));
  }

  /** Reads a JSON answer that must be 200. */
  public JsonNode json(String path) {
    HttpResponse<byte[]> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + " " + text(answer));
    }
    return JSON.readTree(answer.body());
  }

  /** Reads a record behind everything that the ledger has done so far. */
  public <T> T read(String path, Class<T> type) {
    String after = (path.contains("?") ? "&" : "?") + "after=" + network.ledger().lastSeq();
    HttpResponse<byte[]> answer = get(path + after);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + " " + text(answer));
    }
    return JSON.readValue(answer.body(), type);
  }

  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  public static <T> T value(HttpResponse<byte[]> answer, Class<T> type) {
    return JSON.readValue(answer.body(), type);
  }

  /** Reads a problem; the answer must be one, in form and content. */
  public static Problem problem(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    if (!type.equals(Problem.MEDIA_TYPE)) {
      throw new AssertionError("no problem but " + type + ": " + text(answer));
    }
    Problem problem = JSON.readValue(answer.body(), Problem.class);
    if (problem.status() != answer.statusCode()
        || !problem.type().equals(Problem.TYPE_PREFIX + problem.code())
        || problem.title().isBlank()
        || problem.detail().isBlank()) {
      throw new AssertionError("a bad problem: " + problem);
    }
    return problem;
  }

  public HttpResponse<byte[]> command(byte[] bytes) {
    return send(
        request("/v1/commands")
            .header("Content-Type", OCTETS)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  /** Gives a command through the gateway. */
  public HttpResponse<byte[]> give(int account, Command command) {
    return command(network.sign(account, command));
  }

  public HttpResponse<byte[]> put(int account, byte[] body) {
    return put(Sha256.of(body).hex(), network.access(account), body);
  }

  public HttpResponse<byte[]> put(String name, String access, byte[] body) {
    return send(
        request("/v1/blobs/" + name)
            .header("Content-Type", OCTETS)
            .header("Authorization", access)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** Asks for the receipt of a result. */
  public HttpResponse<byte[]> receipt(int account, long job, byte[] body) {
    return send(
        request("/v1/blobs/" + Sha256.of(body) + "/receipt?job=" + job)
            .header("Authorization", network.access(account))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  public HttpResponse<byte[]> blob(int account, byte[] body) {
    return send(
        request("/v1/blobs/" + Sha256.of(body)).header("Authorization", network.access(account)));
  }

  public HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    gateway.close();
    http.close();
  }
}
