package ai.ubc.sequencer;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.engine.snapshot.SnapshotSource;
import io.aeron.Image;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.agrona.concurrent.IdleStrategy;

/** Reads what a {@link SnapshotWriter} wrote. */
final class SnapshotReader implements SnapshotSource {
  private final Image image;
  private final IdleStrategy idle;
  private final MessageDigest sha256 = Sha256.digest();
  private final FragmentHandler takePiece =
      (buffer, offset, length, header) -> {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        take(bytes);
      };

  private byte[] bytes = new byte[0];
  private ByteBuffer piece = ByteBuffer.wrap(bytes);

  SnapshotReader(Image image, IdleStrategy idle) {
    this.image = image;
    this.idle = idle;
  }

  @Override
  public int getByte() {
    need();
    return piece.get() & 0xff;
  }

  @Override
  public int getInt() {
    need();
    return piece.getInt();
  }

  @Override
  public long getLong() {
    need();
    return piece.getLong();
  }

  /**
   * Checks that everything was read and the digest is right.
   *
   * @throws IllegalStateException when not
   */
  void finish() {
    byte[] expected = sha256.digest();
    boolean readAll = !piece.hasRemaining();
    next();
    if (!readAll || !MessageDigest.isEqual(expected, bytes)) {
      throw new IllegalStateException("the snapshot is damaged: its digest does not fit");
    }
  }

  private void need() {
    if (!piece.hasRemaining()) {
      next();
      sha256.update(bytes);
    }
  }

  private void next() {
    idle.reset();
    while (image.poll(takePiece, 1) == 0) {
      if (image.isClosed() || image.isEndOfStream()) {
        throw new IllegalStateException("the snapshot ends too early");
      }
      idle.idle();
    }
  }

  private void take(byte[] taken) {
    bytes = taken;
    piece = ByteBuffer.wrap(taken);
  }
}
