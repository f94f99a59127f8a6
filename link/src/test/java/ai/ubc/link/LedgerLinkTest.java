package ai.ubc.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.link.LinkException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerLinkTest {
  private static final long PATIENCE_MS = 120_000;

  @TempDir private Path directory;

  private FakeCluster cluster;

  @BeforeEach
  void makeCluster() throws IOException {
    cluster = FakeCluster.in(directory);
  }

  private static CompletableFuture<Ack> submit(LedgerLink link, String entry) {
    return link.submit(entry.getBytes(UTF_8));
  }

  private static Ack await(CompletableFuture<Ack> answer) throws Exception {
    return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  private static void assertFails(Kind kind, CompletableFuture<Ack> answer) {
    assertThatThrownBy(() -> await(answer))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(LinkException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void entriesAreAnsweredInTheOrderOfSubmission() throws Exception {
    try (FakeCluster running = cluster.start();
        LedgerLink link = LedgerLink.open(running.sharing())) {
      List<CompletableFuture<Ack>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(submit(link, "entry " + i));
      }
      for (int i = 0; i < 500; i++) {
        assertThat(await(answers.get(i))).isEqualTo(new Ack(i + 1, ("entry " + i).length()));
      }
      assertThat(link.isConnected()).isTrue();
    }
  }

  @Test
  void aLinkMayHaveItsOwnDriver() throws Exception {
    try (FakeCluster running = cluster.start();
        LedgerLink link =
            LedgerLink.open(
                LinkConfig.standalone(
                    running.ingressEndpoints(), "localhost", FakeCluster.credentials()))) {
      assertThat(await(submit(link, "x"))).isEqualTo(new Ack(1, 1));
      String longest = "l".repeat(64 * 1024);
      assertThat(await(submit(link, longest)).seq()).isEqualTo(2);
      assertThat(running.arrived().getLast()).isEqualTo(longest);
    }
  }

  @Test
  void anEntryLongerThanTheLogTakesIsNotSent() {
    try (LedgerLink link = LedgerLink.open(cluster.sharing())) {
      assertThatThrownBy(() -> link.submit(new byte[64 * 1024 + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSessionThatIsClosedIsOpenedAgainAndTheRestIsSentAgain() throws Exception {
    try (FakeCluster running = cluster.start();
        LedgerLink link = LedgerLink.open(running.sharing())) {
      await(submit(link, "before"));
      CompletableFuture<Ack> cut = submit(link, "hang up");
      CompletableFuture<Ack> behind = submit(link, "behind");

      assertThat(await(cut).code()).isEqualTo("hang up".length());
      assertThat(await(behind).code()).isEqualTo("behind".length());
      assertThat(running.arrived()).containsOnlyOnce("before").contains("hang up", "behind");
    }
  }

  @Test
  void aLinkFindsARestartedCluster() throws Exception {
    try (LedgerLink link = LedgerLink.open(cluster.sharing())) {
      CompletableFuture<Ack> early = submit(link, "early");
      try (FakeCluster running = cluster.start()) {
        await(early);
        assertFails(Kind.UNKNOWN_RESULT, deafSubmission(running));
      }
      CompletableFuture<Ack> between = submit(link, "between");
      try (FakeCluster running = cluster.start()) {
        assertThat(await(between).code()).isEqualTo("between".length());
        assertThat(running.arrived()).contains("between");
      }
    }
  }

  private static CompletableFuture<Ack> deafSubmission(FakeCluster running) {
    try (LedgerLink impatient = LedgerLink.open(running.sharing().withBounds(1, 1_000))) {
      CompletableFuture<Ack> first = submit(impatient, "deaf");
      first.exceptionally(e -> new Ack(0, 0)).join();
      return first;
    }
  }

  @Test
  void whatIsNotSentInTimeIsUnreachableAndTheBoundIsKept() {
    try (LedgerLink link = LedgerLink.open(cluster.sharing().withBounds(2, 200))) {
      CompletableFuture<Ack> first = submit(link, "1");
      CompletableFuture<Ack> second = submit(link, "2");
      assertFails(Kind.BUSY, submit(link, "3"));
      assertFails(Kind.UNREACHABLE, first);
      assertFails(Kind.UNREACHABLE, second);
    }
  }

  @Test
  void rejectedCredentialsEndTheLink() {
    byte[] secret = new byte[32];
    secret[0] = 1;
    LinkConfig config =
        LinkConfig.sharing(
            cluster.driverDirectory(),
            cluster.ingressEndpoints(),
            new Credentials(SessionRole.GATEWAY, secret));
    try (FakeCluster running = cluster.start();
        LedgerLink link = LedgerLink.open(config)) {
      assertFails(Kind.REJECTED, submit(link, "1"));
      assertFails(Kind.REJECTED, submit(link, "2"));
      assertThat(link.isConnected()).isFalse();
      assertThat(running.arrived()).isEmpty();
    }
  }

  @Test
  void closingFailsWhatIsUnderWay() {
    LedgerLink link = LedgerLink.open(cluster.sharing());
    CompletableFuture<Ack> underWay = submit(link, "1");
    link.close();
    assertFails(Kind.CLOSED, underWay);
    assertFails(Kind.CLOSED, submit(link, "2"));
    link.close();
  }

  @Test
  void boundsArePositive() {
    assertThatThrownBy(() -> cluster.sharing().withBounds(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cluster.sharing().withBounds(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
