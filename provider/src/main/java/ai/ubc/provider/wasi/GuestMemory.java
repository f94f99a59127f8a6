package ai.ubc.provider.wasi;

import run.endive.runtime.Memory;

/** A program's memory as system calls see it: an address outside it is an error, not a trap. */
final class GuestMemory {

  private final Memory memory;

  GuestMemory(Memory memory) {
    this.memory = memory;
  }

  /** Fails unless {@code size} bytes from the address on (both unsigned) are inside. */
  void requireRange(int address, int size) throws SystemCallError {
    long end = (address & 0xFFFF_FFFFL) + (size & 0xFFFF_FFFFL);
    if (end > (long) memory.pages() * Memory.PAGE_SIZE) {
      throw new SystemCallError(Errno.FAULT);
    }
  }

  int readU32(int address) throws SystemCallError {
    requireRange(address, 4);
    return memory.readInt(address);
  }

  long readU64(int address) throws SystemCallError {
    requireRange(address, 8);
    return memory.readLong(address);
  }

  int readU16(int address) throws SystemCallError {
    requireRange(address, 2);
    return memory.readShort(address) & 0xFFFF;
  }

  int readU8(int address) throws SystemCallError {
    requireRange(address, 1);
    return memory.read(address) & 0xFF;
  }

  byte[] readBytes(int address, int size) throws SystemCallError {
    requireRange(address, size);
    return memory.readBytes(address, size);
  }

  void writeU32(int address, int value) throws SystemCallError {
    requireRange(address, 4);
    memory.writeI32(address, value);
  }

  void writeU64(int address, long value) throws SystemCallError {
    requireRange(address, 8);
    memory.writeLong(address, value);
  }

  void writeBytes(int address, byte[] bytes, int from, int size) throws SystemCallError {
    requireRange(address, size);
    memory.write(address, bytes, from, size);
  }
}
