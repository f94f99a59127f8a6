package ai.ubc.sequencer;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.engine.snapshot.SnapshotSink;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a snapshot as a stream of bytes over an Aeron publication, closed by the SHA-256 of the
 * stream.
 */
final class SnapshotWriter implements SnapshotSink {
  private final ExclusivePublication publication;
  private final IdleStrategy idle;
  private final MessageDigest sha256 = Sha256.digest();
  private final ByteBuffer piece;
  private final UnsafeBuffer message;

  SnapshotWriter(ExclusivePublication publication, IdleStrategy idle) {
    this.publication = publication;
    this.idle = idle;
    piece = ByteBuffer.allocate(publication.maxPayloadLength());
    message = new UnsafeBuffer(piece);
  }

  @Override
  public void putByte(int value) {
    room(Byte.BYTES);
    piece.put((byte) value);
  }

  @Override
  public void putInt(int value) {
    room(Integer.BYTES);
    piece.putInt(value);
  }

  @Override
  public void putLong(long value) {
    room(Long.BYTES);
    piece.putLong(value);
  }

  /** Sends what is left, and the digest as a message of its own. */
  void finish() {
    send();
    piece.put(sha256.digest());
    offer();
  }

  private void room(int bytes) {
    if (piece.remaining() < bytes) {
      send();
    }
  }

  private void send() {
    if (piece.position() > 0) {
      sha256.update(piece.array(), piece.arrayOffset(), piece.position());
      offer();
    }
  }

  private void offer() {
    idle.reset();
    long result = publication.offer(message, 0, piece.position());
    while (result < 0) {
      if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
        throw new IllegalStateException(
            "the snapshot can not be recorded: " + Publication.errorString(result));
      }
      idle.idle();
      result = publication.offer(message, 0, piece.position());
    }
    piece.clear();
  }
}
