package ai.ubc.sdk;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.Transport.BodyRefused;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body to a file while it arrives, and ends well only when it is not longer than allowed
 * and its SHA-256 is the one expected. One answer each; its methods are called one after another.
 */
final class BodyReceiver implements BodySubscriber<Path> {
  private final Path file;
  private final Hash32 expected;
  private final long bytesMax;
  private final CompletableFuture<Path> done = new CompletableFuture<>();
  private final MessageDigest digest = Sha256.digest();
  private Flow.@Nullable Subscription subscription;
  private @Nullable FileChannel channel;
  private long bytes;

  BodyReceiver(Path file, Hash32 expected, long bytesMax) {
    this.file = file;
    this.expected = expected;
    this.bytesMax = bytesMax;
  }

  @Override
  public CompletionStage<Path> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription granted) {
    subscription = granted;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      granted.request(1);
    } catch (IOException e) {
      refuse(new LocalFault("can not write " + file, e));
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    if (done.isDone() || channel == null || subscription == null) {
      return;
    }
    try {
      for (ByteBuffer piece : pieces) {
        bytes += piece.remaining();
        if (bytes > bytesMax) {
          refuse(
              new GatewayProblem(
                  GatewayProblem.BODY_TOO_LARGE,
                  0,
                  "the body " + expected + " has more than " + bytesMax + " bytes",
                  0,
                  null));
          return;
        }
        digest.update(piece.duplicate());
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
      subscription.request(1);
    } catch (IOException e) {
      refuse(new LocalFault("can not write " + file, e));
    }
  }

  @Override
  public void onError(Throwable failure) {
    close();
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    close();
    if (Hash32.of(digest.digest()).equals(expected)) {
      done.complete(file);
    } else {
      refuse(
          new GatewayProblem(
              GatewayProblem.BODY_DIFFERS,
              0,
              "what came as the body " + expected + " has another SHA-256",
              0,
              null));
    }
  }

  private void refuse(UbcException reason) {
    close();
    if (subscription != null) {
      subscription.cancel();
    }
    done.completeExceptionally(new BodyRefused(reason));
  }

  private void close() {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      done.completeExceptionally(new BodyRefused(new LocalFault("can not write " + file, e)));
    }
  }
}
