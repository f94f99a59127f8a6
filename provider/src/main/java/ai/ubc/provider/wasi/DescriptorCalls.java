package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.Descriptor.OpenDirectory;
import ai.ubc.provider.wasi.Descriptor.OpenFile;
import ai.ubc.provider.wasi.Descriptor.StandardInput;
import ai.ubc.provider.wasi.Descriptor.StandardOutput;
import ai.ubc.provider.wasi.SystemCall.Guest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls on open descriptors: {@code fd_*}, and {@code sock_*}, which find no socket. */
final class DescriptorCalls {

  private static final int VECTORS_MAX = 1_024;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int DIRECTORY_ENTRY_BYTES = 24;
  private static final int FROM_START = 0;
  private static final int FROM_POSITION = 1;
  private static final int FROM_END = 2;

  private DescriptorCalls() {}

  /** A piece of the program's memory to read into or write from. */
  private record Vector(int address, int length) {}

  static void addTo(Map<String, SystemCalls.Entry> calls) {
    SystemCalls.add(calls, "fd_advise", "iIIi:i", DescriptorCalls::requireOpen);
    SystemCalls.add(calls, "fd_allocate", "iII:i", DescriptorCalls::allocate);
    SystemCalls.add(
        calls, "fd_close", "i:i", (g, a) -> g.context().descriptors().close((int) a[0]));
    SystemCalls.add(calls, "fd_datasync", "i:i", DescriptorCalls::requireOpen);
    SystemCalls.add(calls, "fd_fdstat_get", "ii:i", DescriptorCalls::descriptorStat);
    SystemCalls.add(calls, "fd_fdstat_set_flags", "ii:i", DescriptorCalls::setFlags);
    SystemCalls.add(calls, "fd_fdstat_set_rights", "iII:i", DescriptorCalls::requireOpen);
    SystemCalls.add(calls, "fd_filestat_get", "ii:i", DescriptorCalls::fileStat);
    SystemCalls.add(calls, "fd_filestat_set_size", "iI:i", DescriptorCalls::setSize);
    SystemCalls.add(calls, "fd_filestat_set_times", "iIIi:i", DescriptorCalls::setTimes);
    SystemCalls.add(calls, "fd_pread", "iiiIi:i", DescriptorCalls::readAt);
    SystemCalls.add(calls, "fd_prestat_get", "ii:i", DescriptorCalls::preopenedStat);
    SystemCalls.add(calls, "fd_prestat_dir_name", "iii:i", DescriptorCalls::preopenedName);
    SystemCalls.add(calls, "fd_pwrite", "iiiIi:i", DescriptorCalls::writeAt);
    SystemCalls.add(calls, "fd_read", "iiii:i", DescriptorCalls::read);
    SystemCalls.add(calls, "fd_readdir", "iiiIi:i", DescriptorCalls::readDirectory);
    SystemCalls.add(
        calls,
        "fd_renumber",
        "ii:i",
        (g, a) -> g.context().descriptors().renumber((int) a[0], (int) a[1]));
    SystemCalls.add(calls, "fd_seek", "iIii:i", DescriptorCalls::seek);
    SystemCalls.add(calls, "fd_sync", "i:i", DescriptorCalls::requireOpen);
    SystemCalls.add(calls, "fd_tell", "ii:i", DescriptorCalls::tell);
    SystemCalls.add(calls, "fd_write", "iiii:i", DescriptorCalls::write);
    SystemCalls.add(calls, "sock_accept", "iii:i", DescriptorCalls::noSocket);
    SystemCalls.add(calls, "sock_recv", "iiiiii:i", DescriptorCalls::noSocket);
    SystemCalls.add(calls, "sock_send", "iiiii:i", DescriptorCalls::noSocket);
    SystemCalls.add(calls, "sock_shutdown", "ii:i", DescriptorCalls::noSocket);
  }

  private static Descriptor descriptor(Guest guest, long number) throws SystemCallError {
    return guest.context().descriptors().get((int) number);
  }

  private static OpenFile file(Guest guest, long number) throws SystemCallError {
    return guest.context().descriptors().file((int) number);
  }

  private static void requireOpen(Guest guest, long[] args) throws SystemCallError {
    descriptor(guest, args[0]);
  }

  private static void noSocket(Guest guest, long[] args) throws SystemCallError {
    descriptor(guest, args[0]);
    throw new SystemCallError(Errno.NOT_SOCKET);
  }

  private static void descriptorStat(Guest guest, long[] args) throws SystemCallError {
    byte[] stat = Stat.descriptor(descriptor(guest, args[0]));
    guest.memory().writeBytes((int) args[1], stat, 0, stat.length);
  }

  private static void setFlags(Guest guest, long[] args) throws SystemCallError {
    int flags = (int) args[1];
    if ((flags & ~Stat.FLAGS) != 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    if (descriptor(guest, args[0]) instanceof OpenFile file) {
      file.flags = flags;
    }
  }

  private static void fileStat(Guest guest, long[] args) throws SystemCallError {
    byte[] stat = Stat.file(descriptor(guest, args[0]));
    guest.memory().writeBytes((int) args[1], stat, 0, stat.length);
  }

  private static void setTimes(Guest guest, long[] args) throws SystemCallError {
    if (!file(guest, args[0]).node.isWritable()) {
      throw new SystemCallError(Errno.READ_ONLY);
    }
  }

  private static void setSize(Guest guest, long[] args) throws SystemCallError {
    resize(guest, file(guest, args[0]).content(), args[1]);
  }

  private static void allocate(Guest guest, long[] args) throws SystemCallError {
    GrowingBytes content = file(guest, args[0]).content();
    if (args[1] < 0 || args[2] <= 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    long end = args[1] + args[2];
    if (end < 0 || end > content.length()) {
      resize(guest, content, end);
    }
  }

  private static void resize(Guest guest, GrowingBytes content, long length)
      throws SystemCallError {
    if (length < 0) {
      throw new SystemCallError(Errno.TOO_LARGE);
    }
    guest.chargeBytes(Math.max(0, length - content.length()));
    content.resize(length);
  }

  private static void preopenedStat(Guest guest, long[] args) throws SystemCallError {
    byte[] name = preopenedNameOf(descriptor(guest, args[0]));
    guest.memory().writeU32((int) args[1], 0);
    guest.memory().writeU32((int) args[1] + 4, name.length);
  }

  private static void preopenedName(Guest guest, long[] args) throws SystemCallError {
    byte[] name = preopenedNameOf(descriptor(guest, args[0]));
    if (Integer.compareUnsigned((int) args[2], name.length) < 0) {
      throw new SystemCallError(Errno.NAME_TOO_LONG);
    }
    guest.memory().writeBytes((int) args[1], name, 0, name.length);
  }

  private static byte[] preopenedNameOf(Descriptor descriptor) throws SystemCallError {
    if (descriptor instanceof OpenDirectory directory && directory.preopenedName() != null) {
      return directory.preopenedName().getBytes(StandardCharsets.UTF_8);
    }
    throw new SystemCallError(Errno.BAD_DESCRIPTOR);
  }

  private static List<Vector> vectors(Guest guest, long address, long count)
      throws SystemCallError {
    if (count < 0 || count > VECTORS_MAX) {
      throw new SystemCallError(Errno.INVALID);
    }
    List<Vector> vectors = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      int at = (int) address + 8 * i;
      Vector vector = new Vector(guest.memory().readU32(at), guest.memory().readU32(at + 4));
      guest.memory().requireRange(vector.address(), vector.length());
      vectors.add(vector);
    }
    guest.chargeBytes(8 * count);
    return vectors;
  }

  /** Reads at a position of something; returns how many bytes, 0 at the end. */
  @FunctionalInterface
  private interface Reader {
    int read(long position, byte[] target, int count);
  }

  /** Fills the vectors one after another, and returns how many bytes there were. */
  private static long scatter(Guest guest, List<Vector> vectors, Reader reader, long position)
      throws SystemCallError {
    long done = 0;
    for (Vector vector : vectors) {
      int filled = 0;
      while (filled < vector.length()) {
        byte[] chunk = new byte[Math.min(CHUNK_BYTES, vector.length() - filled)];
        int count = reader.read(position + done, chunk, chunk.length);
        if (count == 0) {
          return done;
        }
        guest.chargeBytes(count);
        guest.memory().writeBytes(vector.address() + filled, chunk, 0, count);
        filled += count;
        done += count;
      }
    }
    return done;
  }

  private static void read(Guest guest, long[] args) throws SystemCallError {
    Descriptor descriptor = descriptor(guest, args[0]);
    List<Vector> vectors = vectors(guest, args[1], args[2]);
    guest.memory().requireRange((int) args[3], 4);
    long count;
    switch (descriptor) {
      case StandardInput input -> {
        Reader reader = (at, target, most) -> input.source.read(at, target, 0, most);
        count = scatter(guest, vectors, reader, input.position);
        input.position += count;
      }
      case OpenFile file -> {
        count = scatter(guest, vectors, readerOf(file), file.position);
        file.position += count;
      }
      case OpenDirectory _ -> throw new SystemCallError(Errno.IS_DIRECTORY);
      case StandardOutput _ -> throw new SystemCallError(Errno.BAD_DESCRIPTOR);
    }
    guest.memory().writeU32((int) args[3], (int) count);
  }

  private static Reader readerOf(OpenFile file) throws SystemCallError {
    if (!file.isReadable) {
      throw new SystemCallError(Errno.BAD_DESCRIPTOR);
    }
    return file::read;
  }

  private static void readAt(Guest guest, long[] args) throws SystemCallError {
    OpenFile file = file(guest, args[0]);
    List<Vector> vectors = vectors(guest, args[1], args[2]);
    guest.memory().requireRange((int) args[4], 4);
    if (args[3] < 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    long count = scatter(guest, vectors, readerOf(file), args[3]);
    guest.memory().writeU32((int) args[4], (int) count);
  }

  /** Writes the vectors one after another, and returns how many bytes they are. */
  private static long gather(Guest guest, List<Vector> vectors, GrowingBytes content, long position)
      throws SystemCallError {
    long done = 0;
    for (Vector vector : vectors) {
      long length = vector.length() & 0xFFFF_FFFFL;
      for (long taken = 0; taken < length; taken += CHUNK_BYTES) {
        int count = (int) Math.min(CHUNK_BYTES, length - taken);
        guest.chargeBytes(count);
        byte[] chunk = guest.memory().readBytes(vector.address() + (int) taken, count);
        content.write(position + done, chunk);
        done += count;
      }
    }
    return done;
  }

  private static void write(Guest guest, long[] args) throws SystemCallError {
    Descriptor descriptor = descriptor(guest, args[0]);
    List<Vector> vectors = vectors(guest, args[1], args[2]);
    guest.memory().requireRange((int) args[3], 4);
    long count;
    switch (descriptor) {
      case StandardOutput output ->
          count = gather(guest, vectors, output.content(), output.content().length());
      case OpenFile file -> {
        GrowingBytes content = file.content();
        if ((file.flags & Stat.FLAG_APPEND) != 0) {
          file.position = content.length();
        }
        count = gather(guest, vectors, content, file.position);
        file.position += count;
      }
      case OpenDirectory _ -> throw new SystemCallError(Errno.IS_DIRECTORY);
      case StandardInput _ -> throw new SystemCallError(Errno.BAD_DESCRIPTOR);
    }
    guest.memory().writeU32((int) args[3], (int) count);
  }

  private static void writeAt(Guest guest, long[] args) throws SystemCallError {
    GrowingBytes content = file(guest, args[0]).content();
    List<Vector> vectors = vectors(guest, args[1], args[2]);
    guest.memory().requireRange((int) args[4], 4);
    if (args[3] < 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    long count = gather(guest, vectors, content, args[3]);
    guest.memory().writeU32((int) args[4], (int) count);
  }

  private static void seek(Guest guest, long[] args) throws SystemCallError {
    OpenFile file = file(guest, args[0]);
    long base =
        switch ((int) args[2]) {
          case FROM_START -> 0;
          case FROM_POSITION -> file.position;
          case FROM_END -> file.length();
          default -> throw new SystemCallError(Errno.INVALID);
        };
    long position = base + args[1];
    if (position < 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    guest.memory().writeU64((int) args[3], position);
    file.position = position;
  }

  private static void tell(Guest guest, long[] args) throws SystemCallError {
    guest.memory().writeU64((int) args[1], file(guest, args[0]).position);
  }

  /**
   * Lists a directory from the entry that the cookie names on: {@code .}, {@code ..}, then the
   * children by name. An entry that does not fit is cut at the end of the buffer.
   */
  private static void readDirectory(Guest guest, long[] args) throws SystemCallError {
    FileNode.Directory node = guest.context().descriptors().directory((int) args[0]).node();
    int target = (int) args[1];
    int capacity = (int) args[2];
    guest.memory().requireRange(target, capacity);
    guest.memory().requireRange((int) args[4], 4);
    List<Map.Entry<String, FileNode>> entries = new ArrayList<>();
    entries.add(Map.entry(".", node));
    entries.add(Map.entry("..", node));
    entries.addAll(node.children().entrySet());
    guest.meter().charge((long) Meter.DIRECTORY_ENTRY * entries.size());
    int used = 0;
    for (long next = args[3]; next >= 0 && next < entries.size() && used < capacity; next++) {
      byte[] entry = directoryEntry(entries.get((int) next), next + 1);
      int count = Math.min(entry.length, capacity - used);
      guest.chargeBytes(count);
      guest.memory().writeBytes(target + used, entry, 0, count);
      used += count;
    }
    guest.memory().writeU32((int) args[4], used);
  }

  private static byte[] directoryEntry(Map.Entry<String, FileNode> entry, long next) {
    byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(DIRECTORY_ENTRY_BYTES + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(entry.getValue().inode())
        .putInt(name.length)
        .putInt(Stat.typeOf(entry.getValue()))
        .put(name)
        .array();
  }
}
