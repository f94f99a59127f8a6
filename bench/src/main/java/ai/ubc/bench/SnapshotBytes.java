package ai.ubc.bench;

import ai.ubc.engine.Engine;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Snapshots of an engine as bytes. */
final class SnapshotBytes {
  private SnapshotBytes() {}

  static byte[] of(Engine engine) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    engine.snapshotTo(
        new SnapshotSink() {
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
        });
    return out.toByteArray();
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
}
