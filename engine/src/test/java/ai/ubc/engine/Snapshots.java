package ai.ubc.engine;

import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Snapshots as byte arrays. */
final class Snapshots {
  private Snapshots() {}

  static byte[] of(Engine engine) {
    Bytes bytes = new Bytes();
    engine.snapshotTo(bytes);
    return bytes.out.toByteArray();
  }

  static SnapshotSource source(byte[] snapshot) {
    ByteBuffer bytes = ByteBuffer.wrap(snapshot);
    return new SnapshotSource() {
      @Override
      public int getByte() {
        return bytes.get() & 0xFF;
      }

      @Override
      public int getInt() {
        return bytes.getInt();
      }

      @Override
      public long getLong() {
        return bytes.getLong();
      }
    };
  }

  private static final class Bytes implements SnapshotSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Override
    public void putByte(int value) {
      out.write(value);
    }

    @Override
    public void putInt(int value) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    @Override
    public void putLong(long value) {
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
  }
}
