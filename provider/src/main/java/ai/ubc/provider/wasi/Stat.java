package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.Descriptor.OpenFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The records that describe descriptors and files. Times are always the item's start. */
final class Stat {

  static final int TYPE_UNKNOWN = 0;
  static final int TYPE_DIRECTORY = 3;
  static final int TYPE_REGULAR_FILE = 4;

  static final int FLAG_APPEND = 1;

  /** All flags of a descriptor. */
  static final int FLAGS = 31;

  static final long RIGHT_READ = 1 << 1;
  static final long RIGHT_WRITE = 1 << 6;

  private static final long RIGHTS = (1 << 30) - 1;

  private static final int FILE_STAT_BYTES = 64;
  private static final int DESCRIPTOR_STAT_BYTES = 24;

  private Stat() {}

  static int typeOf(FileNode node) {
    return switch (node) {
      case FileNode.Directory _ -> TYPE_DIRECTORY;
      case FileNode.InputFile _, FileNode.OutputFile _ -> TYPE_REGULAR_FILE;
    };
  }

  private static long lengthOf(FileNode node) {
    return switch (node) {
      case FileNode.Directory _ -> 0;
      case FileNode.InputFile file -> file.length();
      case FileNode.OutputFile file -> file.content().length();
    };
  }

  static byte[] file(FileNode node) {
    return file(node.inode(), typeOf(node), lengthOf(node));
  }

  static byte[] file(Descriptor descriptor) {
    return switch (descriptor) {
      case Descriptor.OpenDirectory directory -> file(directory.node());
      case OpenFile file -> file(file.node);
      case Descriptor.StandardInput _, Descriptor.StandardOutput _ -> file(0, TYPE_UNKNOWN, 0);
    };
  }

  private static byte[] file(long inode, int type, long length) {
    ByteBuffer stat = ByteBuffer.allocate(FILE_STAT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stat.putLong(8, inode).put(16, (byte) type).putLong(24, 1).putLong(32, length);
    return stat.putLong(40, Meter.CLOCK_START)
        .putLong(48, Meter.CLOCK_START)
        .putLong(56, Meter.CLOCK_START)
        .array();
  }

  static byte[] descriptor(Descriptor descriptor) {
    ByteBuffer stat = ByteBuffer.allocate(DESCRIPTOR_STAT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (descriptor) {
      case Descriptor.OpenDirectory _ -> stat.put(0, (byte) TYPE_DIRECTORY).putLong(8, RIGHTS);
      case OpenFile file ->
          stat.put(0, (byte) TYPE_REGULAR_FILE)
              .putShort(2, (short) file.flags)
              .putLong(8, RIGHTS & ~withheld(file));
      case Descriptor.StandardInput _ -> stat.putLong(8, RIGHT_READ);
      case Descriptor.StandardOutput _ -> stat.putLong(8, RIGHT_WRITE);
    }
    return stat.putLong(16, RIGHTS).array();
  }

  private static long withheld(OpenFile file) {
    return (file.isReadable ? 0 : RIGHT_READ) | (file.isWritable ? 0 : RIGHT_WRITE);
  }
}
