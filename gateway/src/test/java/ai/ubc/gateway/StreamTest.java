package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.Problem;
import ai.ubc.domain.Command;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.SseReader;
import ai.ubc.gateway.fake.SseReader.Message;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.testkit.ChangedRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The stream over HTTP, as a client without a library sees it. */
@ExtendWith(Databases.class)
final class StreamTest {
  private static final int LAG_MAX = 64;
  private static final int STREAMS_MAX = 8;

  @TempDir Path directory;
  private TestNetwork network;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    network = new TestNetwork("stream");
    network.openMarket();
    Limits limits =
        ChangedRecord.of(
            Limits.standard(),
            Map.of(
                "readWait",
                Duration.ofMillis(100),
                "streamsMax",
                STREAMS_MAX,
                "streamLagMax",
                LAG_MAX,
                "streamSilence",
                Duration.ofMillis(50)));
    gateway = new TestGateway(network, directory, Databases.fresh(), limits);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static void transfer(TestNetwork network) {
    network.give(REQUESTER, new Command.Transfer(PROVIDER, 2, 1));
  }

  @Test
  void everyEntryWithEventsIsDeliveredInOrderFromTheFirst() throws IOException {
    try (SseReader reader = new SseReader(gateway.url() + "/v1/stream?from=1")) {
      assertThat(reader.next().event()).isEqualTo("position");
      List<Message> entries = reader.entries((int) network.ledger().lastSeq());
      for (int i = 0; i < entries.size(); i++) {
        assertThat(entries.get(i).id()).isEqualTo(i + 1L);
        assertThat(entries.get(i).data().get("seq").asLong()).isEqualTo(i + 1L);
      }
      assertThat(entries.getFirst().data().get("command").asString()).isEqualTo("ActivateRules");
      assertThat(entries.getFirst().types()).contains("RulesActivated", "Posted");
    }
  }

  @Test
  void aStreamBeginsAtMostBehindTheNewestEntry() throws IOException {
    long last = network.ledger().lastSeq();
    try (SseReader reader = new SseReader(gateway.url() + "/v1/stream?from=" + (last + 1))) {
      Message first = reader.next();
      assertThat(first.event()).isEqualTo("position");
      assertThat(first.id()).isEqualTo(last);
    }
    for (long beyond : new long[] {last + 2, 1_000_000, Long.MAX_VALUE}) {
      HttpResponse<byte[]> answer = gateway.get("/v1/stream?from=" + beyond);
      Problem problem = TestGateway.problem(answer);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(problem.code()).isEqualTo("BEHIND");
      assertThat(problem.detail())
          .contains("The newest entry that this gateway has read is " + last + ",")
          .contains("can not begin at entry " + beyond, "Begin at " + (last + 1) + " at most");
    }
    // None of those kept a place.
    for (int i = 0; i <= STREAMS_MAX; i++) {
      assertThat(TestGateway.problem(gateway.get("/v1/stream?from=" + (last + 2))).code())
          .isEqualTo("BEHIND");
    }
  }

  @Test
  void whatLiesBeforeTheFirstEntryBeginsWithIt() throws IOException {
    for (long before : new long[] {0, -1, Long.MIN_VALUE}) {
      try (SseReader reader = new SseReader(gateway.url() + "/v1/stream?from=" + before)) {
        Message first = reader.next();
        assertThat(first.event()).isEqualTo("position");
        assertThat(first.id()).isZero();
        assertThat(reader.entry().id()).isEqualTo(1);
      }
    }
    try (SseReader reader = new SseReader(gateway.url() + "/v1/stream", Long.MIN_VALUE)) {
      assertThat(reader.next().id()).isZero();
    }
  }

  @Test
  void newEntriesArriveAndQuietEntriesMoveThePosition() throws IOException {
    try (SseReader reader = new SseReader(gateway.url() + "/v1/stream")) {
      assertThat(reader.next().event()).isEqualTo("position");
      transfer(network);
      Message entry = reader.entry();
      assertThat(entry.id()).isEqualTo(network.ledger().lastSeq());
      assertThat(entry.types()).containsExactly("Posted");
      assertThat(entry.data().get("events").get(0).get("cause").asString()).isEqualTo("TRANSFER");
      network.ledger().pass(1);
      Message position = reader.next();
      while (position.id() < network.ledger().lastSeq()) {
        position = reader.next();
      }
      assertThat(position.event()).isEqualTo("position");
      assertThat(position.data().get("logTimeMs").asLong()).isEqualTo(network.ledger().nowMs());
    }
  }

  @Test
  void aReaderThatComesBackMissesNothingAndGetsNothingTwice() throws IOException {
    for (int i = 0; i < 10; i++) {
      transfer(network);
    }
    List<Long> ids = new ArrayList<>();
    long last = 0;
    while (last < network.ledger().lastSeq()) {
      try (SseReader reader = new SseReader(gateway.url() + "/v1/stream?from=1", last)) {
        int left = (int) (network.ledger().lastSeq() - last);
        for (Message entry : reader.entries(Math.min(3, left))) {
          ids.add(entry.id());
          last = entry.id();
        }
      }
      if (ids.size() < 12) {
        transfer(network);
      }
    }
    assertThat(ids).doesNotHaveDuplicates().isSorted();
    assertThat(ids).hasSize((int) last);
  }

  @Test
  void anAccountsStreamHoldsWhatConcernsIt() throws IOException {
    long from = network.ledger().lastSeq() + 1;
    network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.PUBLIC));
    network.give(VALIDATORS, new Command.Transfer(VALIDATORS + 1, 2, 5));
    network.give(PROVIDER, network.commit(1));
    network.give(REQUESTER, new Command.RevealSecret(1, TestNetwork.SECRET));
    network.beacon();
    network.give(REQUESTER, new Command.Transfer(PROVIDER, 2, 1));
    String path = gateway.url() + "/v1/stream?from=" + from + "&account=";
    try (SseReader provider = new SseReader(path + PROVIDER)) {
      List<Message> entries = provider.entries(5);
      assertThat(entries.stream().map(e -> e.data().get("command").asString()))
          .containsExactly("SubmitJob", "CommitResult", "RevealSecret", "Beacon", "Transfer");
      assertThat(entries.getFirst().types())
          .contains("OfferTaken", "LeaseOpened", "JobSubmitted", "LockOpened", "JobStateChanged");
      assertThat(entries.get(1).types()).contains("LockReassigned");
      assertThat(entries.get(3).types())
          .contains("DrawMade", "ValidatorDrawn", "JobStateChanged")
          .doesNotContain("BeaconOpened");
    }
    try (SseReader treasury = new SseReader(path + 1)) {
      Message first = treasury.next();
      assertThat(first.event()).isEqualTo("position");
      assertThat(treasury.next().event()).isEqualTo("position");
    }
  }

  @Test
  void partiesAreKnownAfterARestart() throws IOException {
    network.give(REQUESTER, TestNetwork.job(Tier.QUORUM, InputPolicy.PUBLIC));
    gateway.read("/v1/jobs/1", ai.ubc.api.JobView.class);
    var storage = Databases.fresh();
    try (TestGateway first =
        new TestGateway(network, directory.resolve("2"), storage, Limits.standard())) {
      first.read("/v1/jobs/1", ai.ubc.api.JobView.class);
      first.read("/v1/burns", ai.ubc.api.BurnsView.class);
    }
    try (TestGateway second =
            new TestGateway(network, directory.resolve("2"), storage, Limits.standard());
        SseReader reader = new SseReader(second.url() + "/v1/stream?account=" + PROVIDER)) {
      assertThat(reader.next().event()).isEqualTo("position");
      network.give(PROVIDER, network.commit(1));
      network.give(REQUESTER, new Command.RevealSecret(1, TestNetwork.SECRET));
      network.beacon();
      assertThat(reader.entries(3).getLast().types()).contains("ValidatorDrawn");
    }
  }

  @Test
  void aReaderThatDoesNotReadIsLetGoWithALastMessageAndCanResume() throws IOException {
    try (SseReader slow = new SseReader(gateway.url() + "/v1/stream", 0)) {
      slow.next();
      for (int i = 0; i < 30_000; i++) {
        network.beacon();
      }
      Message message = slow.next();
      long last = 0;
      while (!message.event().equals("end")) {
        last = message.id();
        message = slow.next();
      }
      assertThat(message.data().get("code").asString()).isEqualTo("SLOW_READER");
      assertThat(message.id()).isEqualTo(last);
      assertThat(slow.isAtEnd()).isTrue();
      try (SseReader again = new SseReader(gateway.url() + "/v1/stream", last)) {
        assertThat(again.entry().id()).isEqualTo(last + 1);
      }
    }
  }

  @Test
  void closingTheGatewayEndsStreamsWithALastMessage() throws IOException {
    try (SseReader reader = new SseReader(gateway.url() + "/v1/stream")) {
      reader.next();
      gateway.close();
      Message message = reader.next();
      while (message.event().equals("position")) {
        message = reader.next();
      }
      assertThat(message.event()).isEqualTo("end");
      assertThat(message.data().get("code").asString()).isEqualTo("SHUTTING_DOWN");
      assertThat(reader.isAtEnd()).isTrue();
    }
  }

  @Test
  void thereAreOnlySoManyStreams() throws IOException {
    List<SseReader> readers = new ArrayList<>();
    for (int i = 0; i < STREAMS_MAX; i++) {
      SseReader reader = new SseReader(gateway.url() + "/v1/stream");
      reader.next();
      readers.add(reader);
    }
    assertThat(TestGateway.problem(gateway.get("/v1/stream")).code()).isEqualTo("TOO_MANY_STREAMS");
    for (SseReader reader : readers) {
      reader.close();
    }
  }
}
