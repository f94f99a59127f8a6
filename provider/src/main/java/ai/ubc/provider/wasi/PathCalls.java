package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.Descriptor.OpenDirectory;
import ai.ubc.provider.wasi.Descriptor.OpenFile;
import ai.ubc.provider.wasi.FileNode.Directory;
import ai.ubc.provider.wasi.FileNode.InputFile;
import ai.ubc.provider.wasi.FileNode.OutputFile;
import ai.ubc.provider.wasi.SystemCall.Guest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls on paths: {@code path_*}. A path is below the directory that it is given with, or it is
 * refused.
 */
final class PathCalls {

  private static final int OPEN_CREATE = 1;
  private static final int OPEN_DIRECTORY = 2;
  private static final int OPEN_EXCLUSIVE = 4;
  private static final int OPEN_TRUNCATE = 8;

  private PathCalls() {}

  static void addTo(Map<String, SystemCalls.Entry> calls) {
    SystemCalls.add(calls, "path_create_directory", "iii:i", PathCalls::createDirectory);
    SystemCalls.add(calls, "path_filestat_get", "iiiii:i", PathCalls::fileStat);
    SystemCalls.add(calls, "path_filestat_set_times", "iiiiIIi:i", PathCalls::setTimes);
    SystemCalls.add(calls, "path_link", "iiiiiii:i", PathCalls::refuseLink);
    SystemCalls.add(calls, "path_open", "iiiiiIIii:i", PathCalls::open);
    SystemCalls.add(calls, "path_readlink", "iiiiii:i", PathCalls::readLink);
    SystemCalls.add(calls, "path_remove_directory", "iii:i", PathCalls::removeDirectory);
    SystemCalls.add(calls, "path_rename", "iiiiii:i", PathCalls::rename);
    SystemCalls.add(calls, "path_symlink", "iiiii:i", PathCalls::refuseLink);
    SystemCalls.add(calls, "path_unlink_file", "iii:i", PathCalls::unlink);
  }

  private static ResolvedPath resolve(Guest guest, long directory, long address, long length)
      throws SystemCallError {
    OpenDirectory base = guest.context().descriptors().directory((int) directory);
    return ResolvedPath.of(guest, base.node(), (int) address, (int) length);
  }

  private static void createDirectory(Guest guest, long[] args) throws SystemCallError {
    ResolvedPath path = resolve(guest, args[0], args[1], args[2]);
    path.requireAbsent();
    path.requireWritableParent();
    guest.context().budget().take(path.nodeBytes());
    path.put(new Directory(guest.context().nextInode(), true));
  }

  private static void fileStat(Guest guest, long[] args) throws SystemCallError {
    byte[] stat = Stat.file(resolve(guest, args[0], args[2], args[3]).require());
    guest.memory().writeBytes((int) args[4], stat, 0, stat.length);
  }

  private static void setTimes(Guest guest, long[] args) throws SystemCallError {
    if (!resolve(guest, args[0], args[2], args[3]).require().isWritable()) {
      throw new SystemCallError(Errno.READ_ONLY);
    }
  }

  private static void refuseLink(Guest guest, long[] args) throws SystemCallError {
    throw new SystemCallError(Errno.NOT_SUPPORTED);
  }

  private static void readLink(Guest guest, long[] args) throws SystemCallError {
    resolve(guest, args[0], args[1], args[2]).require();
    throw new SystemCallError(Errno.INVALID);
  }

  private static void open(Guest guest, long[] args) throws SystemCallError {
    ResolvedPath path = resolve(guest, args[0], args[2], args[3]);
    int how = (int) args[4];
    long rights = args[5];
    int flags = (int) args[7] & Stat.FLAGS;
    int result = (int) args[8];
    guest.memory().requireRange(result, 4);
    guest.context().descriptors().requireRoom();
    @Nullable FileNode node = path.node();
    if (node == null) {
      node = create(guest, path, how);
    } else if ((how & OPEN_CREATE) != 0 && (how & OPEN_EXCLUSIVE) != 0) {
      throw new SystemCallError(Errno.EXISTS);
    }
    Descriptor descriptor =
        switch (node) {
          case Directory directory -> openDirectory(directory, how, rights);
          case InputFile file -> openInput(file, path, how, rights, flags);
          case OutputFile file -> openOutput(file, path, how, rights, flags);
        };
    guest.memory().writeU32(result, guest.context().descriptors().add(descriptor));
  }

  private static OutputFile create(Guest guest, ResolvedPath path, int how) throws SystemCallError {
    if ((how & OPEN_CREATE) == 0) {
      throw new SystemCallError(Errno.NO_ENTRY);
    }
    if ((how & OPEN_DIRECTORY) != 0) {
      throw new SystemCallError(Errno.INVALID);
    }
    path.requireNotDirectoryName();
    path.requireWritableParent();
    guest.context().budget().take(path.nodeBytes());
    OutputFile file =
        new OutputFile(guest.context().nextInode(), new GrowingBytes(guest.context().budget()));
    path.put(file);
    return file;
  }

  private static Descriptor openDirectory(Directory directory, int how, long rights)
      throws SystemCallError {
    if ((how & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (rights & Stat.RIGHT_WRITE) != 0) {
      throw new SystemCallError(Errno.IS_DIRECTORY);
    }
    return new OpenDirectory(directory, null);
  }

  private static Descriptor openInput(
      InputFile file, ResolvedPath path, int how, long rights, int flags) throws SystemCallError {
    requireFile(path, how);
    if ((how & OPEN_TRUNCATE) != 0 || (rights & Stat.RIGHT_WRITE) != 0) {
      throw new SystemCallError(Errno.READ_ONLY);
    }
    return new OpenFile(file, flags);
  }

  private static Descriptor openOutput(
      OutputFile file, ResolvedPath path, int how, long rights, int flags) throws SystemCallError {
    requireFile(path, how);
    if ((how & OPEN_TRUNCATE) != 0) {
      file.content().resize(0);
    }
    return new OpenFile(
        file, flags, (rights & Stat.RIGHT_READ) != 0, (rights & Stat.RIGHT_WRITE) != 0);
  }

  private static void requireFile(ResolvedPath path, int how) throws SystemCallError {
    path.requireNotDirectoryName();
    if ((how & OPEN_DIRECTORY) != 0) {
      throw new SystemCallError(Errno.NOT_DIRECTORY);
    }
  }

  private static void removeDirectory(Guest guest, long[] args) throws SystemCallError {
    ResolvedPath path = resolve(guest, args[0], args[1], args[2]);
    if (!(path.require() instanceof Directory directory)) {
      throw new SystemCallError(Errno.NOT_DIRECTORY);
    }
    path.requireWritableParent();
    if (!directory.children().isEmpty()) {
      throw new SystemCallError(Errno.NOT_EMPTY);
    }
    path.remove();
    guest.context().budget().giveBack(path.nodeBytes());
  }

  private static void unlink(Guest guest, long[] args) throws SystemCallError {
    ResolvedPath path = resolve(guest, args[0], args[1], args[2]);
    FileNode node = path.require();
    if (node instanceof Directory) {
      throw new SystemCallError(Errno.IS_DIRECTORY);
    }
    path.requireNotDirectoryName();
    path.requireWritableParent();
    path.remove();
    giveBackFile(guest, path, node);
  }

  /** A removed file that is still open keeps its content, so only its entry is given back. */
  private static void giveBackFile(Guest guest, ResolvedPath path, FileNode node) {
    guest.context().budget().giveBack(path.nodeBytes());
    if (node instanceof OutputFile file && !guest.context().descriptors().isOpen(file)) {
      file.content().resize(0);
    }
  }

  private static void rename(Guest guest, long[] args) throws SystemCallError {
    ResolvedPath from = resolve(guest, args[0], args[1], args[2]);
    ResolvedPath to = resolve(guest, args[3], args[4], args[5]);
    FileNode moved = from.require();
    from.requireWritableParent();
    to.requireWritableParent();
    @Nullable FileNode replaced = to.node();
    if (replaced != null && replaced.inode() == moved.inode()) {
      return;
    }
    if (moved instanceof Directory directory) {
      if (to.isBelow(directory)) {
        throw new SystemCallError(Errno.INVALID);
      }
      requireEmptyDirectory(replaced);
    } else {
      from.requireNotDirectoryName();
      to.requireNotDirectoryName();
      if (replaced instanceof Directory) {
        throw new SystemCallError(Errno.IS_DIRECTORY);
      }
    }
    guest.context().budget().take(to.nodeBytes());
    if (replaced != null) {
      to.remove();
      giveBackFile(guest, to, replaced);
    }
    from.remove();
    guest.context().budget().giveBack(from.nodeBytes());
    to.put(moved);
  }

  private static void requireEmptyDirectory(@Nullable FileNode replaced) throws SystemCallError {
    if (replaced instanceof Directory directory) {
      if (!directory.children().isEmpty()) {
        throw new SystemCallError(Errno.NOT_EMPTY);
      }
    } else if (replaced != null) {
      throw new SystemCallError(Errno.NOT_DIRECTORY);
    }
  }
}
