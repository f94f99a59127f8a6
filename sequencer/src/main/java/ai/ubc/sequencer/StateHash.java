package ai.ubc.sequencer;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import ai.ubc.engine.snapshot.SnapshotSink;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 of a ledger's canonical snapshot: its primitives, big-endian, in their order. */
public final class StateHash implements SnapshotSink {
  private static final int BUFFER_BYTES = 8 << 10;

  private final MessageDigest sha256 = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private StateHash() {}

  /** Hashes the ledger's present state; on the ledger's thread. */
  public static Hash32 of(Ledger ledger) {
    StateHash hash = new StateHash();
    ledger.writeSnapshot(hash);
    hash.drain();
    return Hash32.of(hash.sha256.digest());
  }

  @Override
  public void putByte(int value) {
    room(Byte.BYTES);
    buffer.put((byte) value);
  }

  @Override
  public void putInt(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  @Override
  public void putLong(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      drain();
    }
  }

  private void drain() {
    buffer.flip();
    sha256.update(buffer);
    buffer.clear();
  }
}
