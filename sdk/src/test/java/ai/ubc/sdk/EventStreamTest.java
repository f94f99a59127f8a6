package ai.ubc.sdk;

import static ai.ubc.sdk.TestGateway.problem;
import static ai.ubc.sdk.TestGateway.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.api.LedgerEvent;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String STREAM = "GET /v1/stream";
  // The test clock stands still while a message is waited for: this is the longest a broken test
  // waits.
  private static final long LIMIT_MS = 60_000;

  private final TestGateway gateway = new TestGateway();
  private final TestClock clock = new TestClock();
  private UbcClient client;

  @BeforeEach
  void connect() throws Exception {
    client = UbcClient.connect(gateway.address(), ClientOptions.defaults(), clock);
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private static String position(long seq) {
    return "event: position\nid: "
        + seq
        + "\ndata: {\"seq\":"
        + seq
        + ",\"logTimeMs\":9000000}\n\n";
  }

  private static String entry(long seq, String events) {
    return "event:entry\nid:"
        + seq
        + "\ndata:{\"seq\":"
        + seq
        + ",\"logTimeMs\":1,\"command\":\"Tick\",\ndata: \"events\":["
        + events
        + "]}\n\n";
  }

  @Test
  void entriesComeInOrderWithTheEventsThatAreKnown() throws Exception {
    gateway.on(
        STREAM,
        stream(
            false,
            ":hello\n\n",
            position(4),
            "retry\n\n",
            "event: weather\ndata: sunny\n\n",
            entry(
                5,
                "{\"type\":\"JobClosed\",\"job\":3,\"ending\":\"ACCEPTED\",\"new\":1},"
                    + "{\"type\":\"LaterThing\",\"x\":[1]},{}")));
    try (EventStream stream = client.stream(OptionalInt.of(7), 4)) {
      assertThat(stream.next(LIMIT_MS)).contains(new StreamMessage.Position(4));
      StreamMessage.Entry entry = (StreamMessage.Entry) stream.next(LIMIT_MS).orElseThrow();
      assertThat(entry.seq()).isEqualTo(5);
      assertThat(entry.entry().command()).isEqualTo("Tick");
      assertThat(entry.entry().events()).containsExactly(new LedgerEvent.JobClosed(3, "ACCEPTED"));
      assertThat(client.logTimeMs()).isEqualTo(9_000_000);
    }
    assertThat(gateway.requests(STREAM).getFirst().target()).isEqualTo("/v1/stream?account=7");
    assertThat(gateway.requests(STREAM).getFirst().lastEventId()).isEqualTo("4");
  }

  @Test
  void aBrokenStreamIsResumedBehindTheLastMessage() throws Exception {
    gateway
        .on(STREAM, stream(true, position(4), entry(5, "")))
        .on(STREAM, problem(503, "TOO_MANY_STREAMS"))
        .on(
            STREAM,
            stream(
                true,
                entry(6, ""),
                "event: end\ndata: {\"code\":\"SLOW_READER\",\"detail\":\"\",\"seq\":8}\n\n"))
        .on(STREAM, stream(true, "event: entry\ndata: {torn\n\n", entry(9, "")))
        .on(STREAM, stream(false, entry(9, "")));
    try (EventStream stream = client.stream(OptionalInt.empty(), 0)) {
      assertThat(stream.next(LIMIT_MS).orElseThrow().seq()).isEqualTo(4);
      assertThat(stream.next(LIMIT_MS).orElseThrow().seq()).isEqualTo(5);
      assertThat(stream.next(LIMIT_MS).orElseThrow().seq()).isEqualTo(6);
      assertThat(stream.next(LIMIT_MS).orElseThrow().seq()).isEqualTo(9);
    }
    assertThat(gateway.requests(STREAM))
        .extracting(TestGateway.Request::lastEventId)
        .containsExactly("0", "5", "5", "8", "8");
    assertThat(clock.pauses()).containsExactly(100L, 200L, 100L, 100L);
  }

  @Test
  void aSilentStreamCountsAsBroken() throws Exception {
    gateway.on(STREAM, stream(false)).on(STREAM, stream(false, position(4)));
    ClientOptions hasty = new ClientOptions(5_000, 5_000, 1, 1, 1, 1, 1, 1, 20, 1 << 20);
    try (UbcClient impatient =
            UbcClient.connect(gateway.address(), hasty, MonotonicClock.system());
        EventStream stream = impatient.stream(OptionalInt.empty(), 3)) {
      assertThat(stream.next(LIMIT_MS)).contains(new StreamMessage.Position(4));
    }
    assertThat(gateway.requests(STREAM)).hasSizeGreaterThan(1);
  }

  @Test
  void waitingEndsAfterTheLimit() throws Exception {
    gateway.on(STREAM, problem(503, "TOO_MANY_STREAMS"));
    try (EventStream stream = client.stream(OptionalInt.empty(), 3)) {
      assertThat(stream.next(250)).isEmpty();
      assertThat(clock.pauses()).containsExactly(100L, 150L);
      assertThat(stream.next(0)).isEmpty();
    }
  }

  @Test
  void aRefusedStreamIsReported() {
    gateway.on(STREAM, problem(400, "INVALID_REQUEST"));
    try (EventStream stream = client.stream(OptionalInt.empty(), 3)) {
      assertThatThrownBy(() -> stream.next(LIMIT_MS)).isInstanceOf(GatewayProblem.class);
    }
  }

  @Test
  void closingEndsTheWaitOfAnotherThread() throws Exception {
    gateway.on(STREAM, stream(false, position(4)));
    EventStream stream = client.stream(OptionalInt.empty(), 3);
    assertThat(stream.next(LIMIT_MS)).isPresent();
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Boolean> empty = new CompletableFuture<>();
      other.execute(() -> {
        try {
          empty.complete(stream.next(LIMIT_MS).isEmpty());
        } catch (UbcException | InterruptedException e) {
          empty.completeExceptionally(e);
        }
      });
      stream.close();
      assertThat(empty.get(LIMIT_MS, TimeUnit.MILLISECONDS)).isTrue();
      assertThat(stream.next(LIMIT_MS)).isEmpty();
    }
  }
}
