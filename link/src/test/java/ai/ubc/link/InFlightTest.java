package ai.ubc.link;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.session.SessionMessages;
import ai.ubc.link.InFlight.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  private Submission add(long deadlineNs) {
    Submission submission =
        new Submission(new byte[] {1, 2, 3}, new CompletableFuture<>(), deadlineNs);
    inFlight.add(submission);
    return submission;
  }

  private static long id(Submission submission) {
    return SessionMessages.correlationId(submission.message(), 0);
  }

  private List<Submission> sendAll() {
    List<Submission> sent = new ArrayList<>();
    for (Submission next = inFlight.nextUnsent(); next != null; next = inFlight.nextUnsent()) {
      inFlight.sent();
      sent.add(next);
    }
    return sent;
  }

  @Test
  void submissionsAreSentOnceASessionInTheirOrder() {
    Submission first = add(1);
    Submission second = add(1);
    assertThat(sendAll()).containsExactly(first, second);
    assertThat(sendAll()).isEmpty();
    Submission third = add(1);
    assertThat(inFlight.answered(id(first))).isSameAs(first);

    inFlight.resendAll();
    assertThat(sendAll()).containsExactly(second, third);
  }

  @Test
  void anAnswerCountsOnce() {
    Submission first = add(1);
    assertThat(inFlight.answered(id(first))).isSameAs(first);
    assertThat(inFlight.answered(id(first))).isNull();
    assertThat(inFlight.answered(77)).isNull();
    assertThat(inFlight.nextUnsent()).isNull();
  }

  @Test
  void theOldestExpireFirstAndKnowWhetherTheyWereSent() {
    Submission first = add(10);
    sendAll();
    Submission second = add(10);
    Submission third = add(20);
    assertThat(inFlight.nextExpired(9)).isNull();
    assertThat(inFlight.nextExpired(10)).isSameAs(first);
    assertThat(inFlight.nextExpired(10)).isSameAs(second);
    assertThat(inFlight.nextExpired(10)).isNull();
    assertThat(first.wasSent()).isTrue();
    assertThat(second.wasSent()).isFalse();

    // What has expired is neither sent nor answered any more.
    assertThat(sendAll()).containsExactly(third);
    assertThat(inFlight.answered(id(second))).isNull();
  }

  @Test
  void allCanBeTakenOut() {
    Submission first = add(1);
    Submission second = add(1);
    inFlight.answered(id(first));
    assertThat(inFlight.next()).isSameAs(second);
    assertThat(inFlight.next()).isNull();
  }
}
