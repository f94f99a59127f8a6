package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Sizes;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What this process may use of the machine, or of the container that it is in.
 *
 * @param cpus processors
 * @param memoryBytes memory
 */
record Machine(int cpus, long memoryBytes) {
  /**
   * What a worker takes at most: a heap of 768 MiB, which the largest memory and output that jobs
   * may have need, and what the JVM keeps beside it.
   */
  static final long WORKER_BYTES = 1L << 30;

  /** This one. */
  static Machine here() {
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new Machine(Runtime.getRuntime().availableProcessors(), memory);
  }

  /**
   * How many workers fit into what the owner gives. What is not said is taken from the machine.
   *
   * @param wantedCpus programs that may run at a time
   * @param givenBytes memory that they may take together
   * @throws CommandFailure when the machine lacks it, or it is too little for what was asked for
   */
  int workers(OptionalInt wantedCpus, OptionalLong givenBytes) throws CommandFailure {
    if (wantedCpus.isPresent() && (wantedCpus.getAsInt() < 1 || wantedCpus.getAsInt() > cpus)) {
      throw usage(
          "--cpus must be 1 to " + cpus + ", which this machine has, not " + wantedCpus.getAsInt());
    }
    if (givenBytes.isPresent() && givenBytes.getAsLong() > memoryBytes) {
      throw usage(
          "--memory "
              + Sizes.of(givenBytes.getAsLong())
              + " is more than the "
              + Sizes.of(memoryBytes)
              + " that this machine has");
    }
    long fit = givenBytes.orElse(memoryBytes) / WORKER_BYTES;
    if (fit < 1) {
      throw usage(
          "a job may need up to "
              + Sizes.of(WORKER_BYTES)
              + ", and "
              + Sizes.of(givenBytes.orElse(memoryBytes))
              + " is less; give more with --memory");
    }
    if (wantedCpus.isPresent() && wantedCpus.getAsInt() > fit) {
      throw usage(
          wantedCpus.getAsInt()
              + " programs at a time may need "
              + Sizes.of(wantedCpus.getAsInt() * WORKER_BYTES)
              + ", and "
              + Sizes.of(givenBytes.orElse(memoryBytes))
              + " is less; give fewer with --cpus or more with --memory");
    }
    return (int) Math.min(wantedCpus.orElse(cpus), fit);
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }
}
