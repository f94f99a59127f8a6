package ai.ubc.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

final class WithdrawableBodyTest {
  private final WithdrawableBody body = new WithdrawableBody(new byte[] {1, 2, 3});
  private final List<Object> heard = new ArrayList<>();

  private final Subscriber<ByteBuffer> reader =
      new Subscriber<>() {
        @Override
        public void onSubscribe(Subscription subscription) {
          subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
          heard.add(bytes.remaining());
        }

        @Override
        public void onError(Throwable failure) {
          heard.add(failure.getMessage());
        }

        @Override
        public void onComplete() {
          heard.add("end");
        }
      };

  @Test
  void whatWasWithdrawnIsNeverHandedOut() {
    assertThat(body.contentLength()).isEqualTo(3);
    assertThat(body.withdraw()).isTrue();
    body.subscribe(reader);
    assertThat(heard).containsExactly("the request was given up before it was sent");
    assertThat(body.withdraw()).isTrue();
  }

  @Test
  void whatWasHandedOutIsNotWithdrawnAndMayBeReadAgain() {
    body.subscribe(reader);
    assertThat(body.withdraw()).isFalse();
    body.subscribe(reader);
    assertThat(heard).containsExactly(3, "end", 3, "end");
  }
}
