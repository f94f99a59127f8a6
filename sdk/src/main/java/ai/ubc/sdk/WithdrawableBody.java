package ai.ubc.sdk;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of one request, which says "none left" only where no byte can have left. Bytes leave
 * only by a subscription, which the HTTP client makes once it is connected and, where the address
 * says so, mostly once TLS is agreed on. Where it makes it earlier, as after a hang-up within the
 * handshake, it can be that none left, and the outcome is unknown all the same. Whoever withdraws
 * the body first knows that none left and none will, whatever the client still does; no failure and
 * no wording of one says that as surely.
 */
final class WithdrawableBody implements BodyPublisher {
  private enum State {
    KEPT,
    HANDED_OUT,
    WITHDRAWN
  }

  private static final Subscription NOTHING =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final BodyPublisher bytes;
  private final AtomicReference<State> state = new AtomicReference<>(State.KEPT);

  /** Keeps these bytes. */
  WithdrawableBody(byte[] bytes) {
    this.bytes = BodyPublishers.ofByteArray(bytes);
  }

  /** Whether no byte was handed out; then none ever is. */
  boolean withdraw() {
    return state.compareAndSet(State.KEPT, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    state.compareAndSet(State.KEPT, State.HANDED_OUT);
    if (state.get() == State.HANDED_OUT) {
      bytes.subscribe(subscriber);
    } else {
      subscriber.onSubscribe(NOTHING);
      subscriber.onError(new IOException("the request was given up before it was sent"));
    }
  }
}
