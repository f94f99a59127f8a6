package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;

/**
 * Content that an item reads. A failure of the disk is an {@link UncheckedIOException}: a fault of
 * the host.
 */
interface InputSource extends AutoCloseable {

  long length();

  /** Reads from a position into the target; returns how many bytes, 0 at the end. */
  int read(long position, byte[] target, int at, int count);

  @Override
  void close();

  /** Opens content. */
  static InputSource open(Content content) {
    return switch (content) {
      case Content.InMemory memory -> new InMemory(memory.bytes());
      case Content.InFile file -> {
        try {
          // A link here was none when the input was looked at.
          FileChannel channel =
              FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
          yield new InFile(channel, channel.size());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** Bytes at hand. */
  record InMemory(Bytes bytes) implements InputSource {
    @Override
    public long length() {
      return bytes.length();
    }

    @Override
    public int read(long position, byte[] target, int at, int count) {
      if (position >= bytes.length()) {
        return 0;
      }
      int available = (int) Math.min(count, bytes.length() - position);
      bytes.copyTo((int) position, target, at, available);
      return available;
    }

    @Override
    public void close() {}
  }

  /** A file of the host, as long as it was when it was opened. */
  record InFile(FileChannel channel, long length) implements InputSource {
    @Override
    public int read(long position, byte[] target, int at, int count) {
      if (position >= length) {
        return 0;
      }
      int available = (int) Math.min(count, length - position);
      ByteBuffer buffer = ByteBuffer.wrap(target, at, available);
      try {
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + available - buffer.remaining()) < 0) {
            throw new EOFException("an input file became shorter while it was read");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return available;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
