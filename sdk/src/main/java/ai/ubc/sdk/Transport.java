package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/**
 * One gateway over HTTP: each request with a limit on its whole answer, repeated where repeating is
 * safe and may help, and failures as exceptions. From any thread.
 */
final class Transport implements AutoCloseable {
  private static final String SEQ_HEADER = "UBC-Seq";
  private static final long RETRY_AFTER_MAX_SECONDS = 10;

  private final URI gateway;
  private final ClientOptions options;
  private final MonotonicClock clock;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;

  Transport(URI gateway, ClientOptions options, MonotonicClock clock) throws UnsafeGateway {
    GatewayAddress address = GatewayAddress.of(gateway);
    this.gateway = address.url();
    this.options = options;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofMillis(options.connectMs()))
            .executor(executor);
    address.context().ifPresent(builder::sslContext);
    http = builder.build();
  }

  ClientOptions options() {
    return options;
  }

  MonotonicClock clock() {
    return clock;
  }

  /** A request for a path below the gateway's address, without a slash at its start. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path));
  }

  /** Reads JSON; repeated while it may help. */
  <T> Read<T> get(String path, Class<T> type) throws UbcException, InterruptedException {
    HttpRequest request = request(path).header("Accept", "application/json").build();
    return repeat(() -> {
      Answer<byte[]> answer = exchange(request, bytes(), options.requestMs());
      return new Read<>(
          parse(path, answer.body(), type),
          answer.headers().firstValueAsLong(SEQ_HEADER).orElse(0));
    });
  }

  /** Reads text; repeated while it may help. */
  String text(String path) throws UbcException, InterruptedException {
    HttpRequest request = request(path).build();
    return repeat(() -> new String(exchange(request, bytes(), options.requestMs()).body(), UTF_8));
  }

  /** Does something that may be repeated, until it succeeds or repeating can not help. */
  <T> T repeat(Call<T> call) throws UbcException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.once();
      } catch (GatewayProblem | GatewayUnreachable e) {
        if (!e.isRetryable() || attempt >= options.attempts()) {
          throw e;
        }
        clock.sleep(pauseMs(e, attempt));
      }
    }
  }

  /** How long to wait after this failure, the {@code failures}th in a row. */
  long pauseMs(UbcException failure, int failures) {
    long asked = failure instanceof GatewayProblem problem ? problem.retryAfterMs() : 0;
    return Math.max(asked, options.backoffMs(failures));
  }

  /** Sends once and returns a successful answer, or throws what the answer says. */
  <T> Answer<T> exchange(HttpRequest request, BodyHandler<T> whenDone, long limitMs)
      throws UbcException, InterruptedException {
    HttpResponse<Body<T>> answer = send(request, split(whenDone), limitMs);
    return switch (answer.body()) {
      case Body.Success<T> success -> new Answer<>(answer.headers(), success.value());
      case Body.Failure<T> failure ->
          throw problem(request, answer.statusCode(), failure.bytes(), answer.headers());
    };
  }

  private static UbcException problem(
      HttpRequest request, int status, byte[] body, HttpHeaders headers) {
    Optional<GatewayProblem> wrongScheme = WrongScheme.behind(request.uri(), status, body);
    return wrongScheme.isPresent()
        ? wrongScheme.get()
        : ProblemMapper.exception(line(request), status, body, retryAfterMs(headers));
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, long limitMs)
      throws UbcException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
    try {
      return answer.get(limitMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new GatewayUnreachable(
          "no whole answer to " + line(request) + " within " + limitMs + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw failure(request, e.getCause() == null ? e : e.getCause());
    }
  }

  private static UbcException failure(HttpRequest request, Throwable cause) {
    if (cause instanceof BodyRefused refused) {
      return refused.reason();
    }
    for (Throwable c = cause; c != null; c = c.getCause()) {
      if (c instanceof CertificateException) {
        return new UnsafeGateway(
            "who answers at "
                + request.uri().getAuthority()
                + " is not trusted: "
                + c.getMessage()
                + ". Nothing was sent to it. Use the address that \"ubc invite\" prints there.",
            cause);
      }
    }
    Optional<GatewayProblem> wrongScheme = WrongScheme.behind(request.uri(), cause);
    if (wrongScheme.isPresent()) {
      return wrongScheme.get();
    }
    String what = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    return new GatewayUnreachable("no answer to " + line(request) + ": " + what, cause);
  }

  /** Hands a good answer's body on and keeps what a bad one says. */
  <T> BodyHandler<Body<T>> split(BodyHandler<T> whenDone) {
    return info -> {
      if (info.statusCode() / 100 == 2) {
        BodySubscriber<T> good = whenDone.apply(info);
        return BodySubscribers.mapping(good, Body.Success::new);
      }
      return BodySubscribers.mapping(bytes().apply(info), Body.Failure::new);
    };
  }

  BodyHandler<byte[]> bytes() {
    return info ->
        BodySubscribers.limiting(BodySubscribers.ofByteArray(), options.answerBytesMax());
  }

  static <T> T parse(String path, byte[] json, Class<T> type) throws GatewayProblem {
    try {
      return Json.read(json, type);
    } catch (JacksonException e) {
      throw new GatewayProblem(
          GatewayProblem.BAD_ANSWER,
          0,
          path + " answered what is no " + type.getSimpleName(),
          0,
          e);
    }
  }

  private static long retryAfterMs(HttpHeaders headers) {
    try {
      long seconds = headers.firstValueAsLong("Retry-After").orElse(0);
      return Math.clamp(seconds, 0, RETRY_AFTER_MAX_SECONDS) * 1_000;
    } catch (NumberFormatException e) {
      return 0; // a date, which this client does not heed
    }
  }

  private static String line(HttpRequest request) {
    return request.method() + " " + request.uri();
  }

  @Override
  public void close() {
    http.shutdownNow();
    executor.shutdownNow();
  }

  /** Something to do once. */
  @FunctionalInterface
  interface Call<T> {
    T once() throws UbcException, InterruptedException;
  }

  /** The body of an answer: what was asked for, or why not. */
  sealed interface Body<T> {
    record Success<T>(T value) implements Body<T> {}

    @SuppressWarnings("ArrayRecordComponent")
    record Failure<T>(byte[] bytes) implements Body<T> {}
  }

  /**
   * A good answer.
   *
   * @param headers its headers
   * @param body its body
   */
  record Answer<T>(HttpHeaders headers, T body) {}

  /** The receiver of a body does not take it, though the connection is fine. */
  static final class BodyRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final UbcException reason;

    BodyRefused(UbcException reason) {
      super(reason);
      this.reason = reason;
    }

    UbcException reason() {
      return reason;
    }
  }
}
