package ai.ubc.provider.wasi;

/** The error numbers of WASI preview 1 that system calls answer. */
enum Errno {
  SUCCESS(0),
  BAD_DESCRIPTOR(8),
  EXISTS(20),
  FAULT(21),
  TOO_LARGE(22),
  ILLEGAL_BYTES(25),
  INVALID(28),
  IS_DIRECTORY(31),
  TOO_MANY_OPEN(33),
  NAME_TOO_LONG(37),
  NO_ENTRY(44),
  NOT_DIRECTORY(54),
  NOT_EMPTY(55),
  NOT_SOCKET(57),
  NOT_SUPPORTED(58),
  READ_ONLY(69),
  NOT_SEEKABLE(70),
  OTHER_DEVICE(75),
  NOT_CAPABLE(76);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
