package ai.ubc.sdk;

import ai.ubc.api.StreamEnd;
import ai.ubc.api.StreamPosition;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What happens on the ledger, as it happens: every entry that concerns the account, at least once
 * and in order, over as many connections as it takes. After a broken connection it resumes behind
 * the last message that was handed out. One thread; {@link #close} from any.
 */
public final class EventStream implements AutoCloseable {
  private final Transport transport;
  private final LogClock logClock;
  private final String path;
  private final ClientOptions options;
  private final MonotonicClock clock;
  private volatile boolean closed;
  private volatile @Nullable SseConnection connection;
  private long lastSeq;
  private int failures;
  private long connectAtMs;

  /**
   * A stream behind the entry {@code afterSeq}, of one account or of all.
   *
   * @param afterSeq 0 for everything since the beginning
   */
  EventStream(Transport transport, LogClock logClock, OptionalInt account, long afterSeq) {
    this.transport = transport;
    this.logClock = logClock;
    this.options = transport.options();
    this.clock = transport.clock();
    this.lastSeq = afterSeq;
    this.path = "v1/stream" + (account.isPresent() ? "?account=" + account.getAsInt() : "");
    connectAtMs = clock.nowMs();
  }

  /**
   * The next message. Reconnects as needed, with growing pauses.
   *
   * @param limitMs the longest wait, milliseconds
   * @return empty when nothing came in that time, or the stream is closed
   * @throws UbcException when the gateway refuses the stream for good
   */
  public Optional<StreamMessage> next(long limitMs) throws UbcException, InterruptedException {
    long until = clock.nowMs() + limitMs;
    while (!closed) {
      long now = clock.nowMs();
      SseConnection open = connection;
      if (open != null) {
        Optional<StreamMessage> message = receive(open, Math.max(0, until - now));
        if (message.isPresent()) {
          return message;
        }
      } else if (now >= connectAtMs) {
        connect();
      } else if (now < until) {
        clock.sleep(Math.min(connectAtMs, until) - now);
      }
      if (clock.nowMs() >= until) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void connect() throws UbcException, InterruptedException {
    HttpRequest request =
        transport
            .request(path)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(lastSeq))
            .build();
    SseConnection fresh = new SseConnection(clock.nowMs());
    try {
      transport.exchange(request, fresh, options.requestMs());
      connection = fresh;
      if (closed) {
        fresh.close();
      }
    } catch (GatewayProblem | GatewayUnreachable e) {
      fresh.close();
      if (!e.isRetryable()) {
        throw e;
      }
      failures++;
      connectAtMs = clock.nowMs() + transport.pauseMs(e, failures);
    }
  }

  private Optional<StreamMessage> receive(SseConnection open, long limitMs)
      throws InterruptedException {
    long heardMs = open.heardMs();
    long silenceLeftMs = heardMs + options.silenceMs() - clock.nowMs();
    Optional<SseConnection.Message> message =
        open.poll(Math.clamp(silenceLeftMs, 0, limitMs), clock);
    if (message.isPresent()) {
      failures = 0;
      return understand(message.get());
    }
    if (open.isEnded() || clock.nowMs() - open.heardMs() >= options.silenceMs()) {
      drop(open);
    }
    return Optional.empty();
  }

  private Optional<StreamMessage> understand(SseConnection.Message message) {
    try {
      return switch (message.event()) {
        case "entry" -> passed(new StreamMessage.Entry(Json.entry(message.data())));
        case "position" -> {
          StreamPosition position = Json.read(message.data(), StreamPosition.class);
          logClock.read(position.logTimeMs());
          yield passed(new StreamMessage.Position(position.seq()));
        }
        case "end" -> {
          lastSeq = Math.max(lastSeq, Json.read(message.data(), StreamEnd.class).seq());
          yield Optional.empty(); // the connection's end follows
        }
        default -> Optional.empty(); // a kind of message of a later version
      };
    } catch (JacksonException e) {
      SseConnection open = connection;
      if (open != null) {
        drop(open); // a torn message: ask for it again
      }
      return Optional.empty();
    }
  }

  private Optional<StreamMessage> passed(StreamMessage message) {
    lastSeq = Math.max(lastSeq, message.seq());
    return Optional.of(message);
  }

  private void drop(SseConnection open) {
    open.close();
    connection = null;
    failures++;
    connectAtMs = clock.nowMs() + options.backoffMs(failures);
  }

  /** Ends the stream; a waiting {@link #next} returns empty. */
  @Override
  public void close() {
    closed = true;
    SseConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
