package ai.ubc.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of server-sent events (WHATWG HTML, section 9.2): lines come in on the client's
 * threads, at most {@link #LINES_MAX} ahead of the one reader.
 */
final class SseConnection implements BodyHandler<SseConnection>, AutoCloseable {
  private static final int LINES_MAX = 1_024;

  private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final StringBuilder data = new StringBuilder();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private String event = "";
  private boolean ended;
  private volatile long heardMs;

  /**
   * A message.
   *
   * @param event its kind
   * @param data its data
   */
  record Message(String event, String data) {}

  /** A line of the connection, or its end. */
  private record Line(@Nullable String text) {}

  SseConnection(long nowMs) {
    heardMs = nowMs;
  }

  @Override
  public BodySubscriber<SseConnection> apply(HttpResponse.ResponseInfo info) {
    BodySubscriber<@Nullable Void> split =
        BodySubscribers.fromLineSubscriber(new Lines(), ignored -> null, UTF_8, null);
    return new BodySubscriber<>() {
      // The answer is there as soon as its head is; its lines follow.
      @Override
      public CompletionStage<SseConnection> getBody() {
        return CompletableFuture.completedStage(SseConnection.this);
      }

      @Override
      public void onSubscribe(Flow.Subscription granted) {
        split.onSubscribe(granted);
      }

      @Override
      public void onNext(List<ByteBuffer> pieces) {
        split.onNext(pieces);
      }

      @Override
      public void onError(Throwable failure) {
        split.onError(failure);
      }

      @Override
      public void onComplete() {
        split.onComplete();
      }
    };
  }

  /** When something was last heard. */
  long heardMs() {
    return heardMs;
  }

  /** Whether the connection is over and everything from it was handed out. */
  boolean isEnded() {
    return ended;
  }

  /** The next whole message; empty when none came in time, or the connection ended. */
  Optional<Message> poll(long limitMs, MonotonicClock clock) throws InterruptedException {
    long until = clock.nowMs() + limitMs;
    while (!ended) {
      Line line = lines.poll(Math.max(0, until - clock.nowMs()), TimeUnit.MILLISECONDS);
      if (line == null) {
        return Optional.empty();
      }
      heardMs = clock.nowMs();
      if (line.text() == null) {
        ended = true;
        return Optional.empty();
      }
      Flow.Subscription granted = subscription;
      if (granted != null) {
        granted.request(1);
      }
      Optional<Message> message = take(line.text());
      if (message.isPresent()) {
        return message;
      }
    }
    return Optional.empty();
  }

  private Optional<Message> take(String line) {
    if (line.isEmpty()) {
      if (data.isEmpty()) {
        event = "";
        return Optional.empty();
      }
      Message message = new Message(event, data.substring(0, data.length() - 1));
      event = "";
      data.setLength(0);
      return Optional.of(message);
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "event" -> event = value;
      case "data" -> data.append(value).append('\n');
      default -> {
        // A comment, the id (which the data holds too) or the retry time.
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription granted = subscription;
    if (granted != null) {
      granted.cancel();
    }
    lines.add(new Line(null));
  }

  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription granted) {
      subscription = granted;
      if (closed) {
        granted.cancel();
      } else {
        granted.request(LINES_MAX);
      }
    }

    @Override
    public void onNext(String line) {
      lines.add(new Line(line));
    }

    @Override
    public void onError(Throwable failure) {
      lines.add(new Line(null));
    }

    @Override
    public void onComplete() {
      lines.add(new Line(null));
    }
  }
}
