package ai.ubc.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.limits.Limits;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.testkit.ChangedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a client hears when the way to the ledger is not as it should be. */
final class AdmissionTest {
  private final TestNetwork network = new TestNetwork("admission");
  private final byte[] command = network.sign(TestNetwork.REQUESTER, new Command.Bond(1, 1));

  private static final Bodies UNREADABLE =
      new Bodies() {
        @Override
        public OptionalLong keepIfStoredBy(Hash32 sha256, int account) {
          return OptionalLong.of(1_000);
        }

        @Override
        public Optional<InputStream> open(Hash32 sha256) throws IOException {
          throw new IOException("the disk is gone");
        }
      };

  private Admission admission(CommandSink sink, int inFlightMax, Duration timeout) {
    Limits limits =
        ChangedRecord.of(
            Limits.standard(),
            Map.of("commandsInFlightMax", inFlightMax, "commandTimeout", timeout));
    return new Admission(
        network.domain(),
        new BodyRules(UNREADABLE, network.domain(), TestNetwork.NOTARY.address()),
        sink,
        limits);
  }

  private RequestFailure failure(CommandSink sink) {
    return failure(admission(sink, 1, Duration.ofSeconds(5)), command);
  }

  private static RequestFailure failure(Admission admission, byte[] sent) {
    return catchThrowableOfType(RequestFailure.class, () -> admission.give(sent));
  }

  @Test
  void anAnswerThatDoesNotComeIsAnUnknownOutcomeThatMayBeRepeated() {
    RequestFailure failure =
        failure(admission(_ -> new CompletableFuture<>(), 1, Duration.ofMillis(1)), command);
    assertThat(failure.code()).isEqualTo("UNKNOWN_OUTCOME");
    assertThat(failure.status()).isEqualTo(504);
    assertThat(failure.detail()).contains("same bytes again");
    assertThat(failure.retryAfter()).isEmpty();
  }

  @Test
  void aBrokenSessionIsAnUnknownOutcome() {
    assertThat(
            failure(_ -> CompletableFuture.failedFuture(new IllegalStateException("session")))
                .code())
        .isEqualTo("UNKNOWN_OUTCOME");
  }

  @Test
  void whatWasSurelyNotSentIsSaidSo() {
    RequestFailure away =
        failure(
            _ -> CompletableFuture.failedFuture(new CommandSink.NotSentException("nobody", false)));
    assertThat(away.code()).isEqualTo("LEDGER_UNAVAILABLE");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.retryAfter()).hasValue(Duration.ofSeconds(1));
    RequestFailure busy =
        failure(_ -> {
          throw new CommandSink.NotSentException("full", true);
        });
    assertThat(busy.code()).isEqualTo("OVERLOADED");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.retryAfter()).isPresent();
  }

  @Test
  void tooManyAtOnceAreTurnedAwayAndThePlaceIsGivenBack() throws InterruptedException {
    CompletableFuture<CommandSink.Ack> answer = new CompletableFuture<>();
    CountDownLatch sent = new CountDownLatch(1);
    Admission admission =
        admission(
            _ -> {
              sent.countDown();
              return answer;
            },
            1,
            Duration.ofSeconds(30));
    CompletableFuture<Long> first = new CompletableFuture<>();
    Thread giver =
        Thread.ofVirtual()
            .start(() -> {
              try {
                first.complete(admission.give(command));
              } catch (InterruptedException | RuntimeException e) {
                first.completeExceptionally(e);
              }
            });
    sent.await();
    assertThat(failure(admission, command).code()).isEqualTo("OVERLOADED");
    answer.complete(new CommandSink.Ack(12, 0));
    assertThat(first.join()).isEqualTo(12);
    giver.join();
    assertThat(admission.give(command)).isEqualTo(12);
  }

  @Test
  void aRefusalWithoutAPositionHasNone() {
    RequestFailure failure =
        failure(_ -> CompletableFuture.completedFuture(new CommandSink.Ack(0, 8)));
    assertThat(failure.code()).isEqualTo("TOO_MANY_PENDING");
    assertThat(failure.seq()).isEmpty();
    assertThat(failure.number()).hasValue(8);
  }

  @Test
  void aBodyThatCanNotBeReadBackIsAskedForAgain() {
    Notary notary = new Notary(network.domain(), TestNetwork.NOTARY, UNREADABLE, 1_000, 1);
    RequestFailure failure =
        catchThrowableOfType(
            RequestFailure.class,
            () -> notary.receipt(TestNetwork.PROVIDER, 1, new Hash32(1, 2, 3, 4), Hash32.ZERO));
    assertThat(failure.code()).isEqualTo("BODY_MISSING");
    assertThat(failure.detail()).contains("PUT it");
  }
}
