package ai.ubc.provider.wasi;

/** A system call answers the program with an error number. */
final class SystemCallError extends Exception {

  private static final long serialVersionUID = 1L;

  private final Errno errno;

  SystemCallError(Errno errno) {
    super(errno.name(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }
}
