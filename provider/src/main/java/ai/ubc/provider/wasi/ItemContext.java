package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.wasi.Descriptor.OpenDirectory;
import ai.ubc.provider.wasi.Descriptor.StandardInput;
import ai.ubc.provider.wasi.Descriptor.StandardOutput;
import ai.ubc.provider.wasi.FileNode.Directory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the system calls of one item act on. Belongs to the thread that runs the item. */
final class ItemContext implements AutoCloseable {

  /** Inodes of what the program makes; those of its input are below. */
  private static final long FIRST_OUTPUT_INODE = 1L << 32;

  /**
   * Sleeping longer than 73 years together makes no difference; it keeps clocks from overflowing.
   */
  private static final long SLEEP_NANOSECONDS_MAX = 1L << 61;

  private static final String PROGRAM_NAME = "program";

  private final List<byte[]> arguments = new ArrayList<>();
  private final List<byte[]> environment = new ArrayList<>();
  private final SeededRandom random;
  private final OutputBudget budget;
  private final GrowingBytes stdout;
  private final GrowingBytes stderr;
  private final Directory outputDirectory;
  private final DescriptorTable descriptors = new DescriptorTable();
  private long nextInode = FIRST_OUTPUT_INODE;
  private long sleptNanoseconds;

  ItemContext(Item item, Directory inputDirectory, SeededRandom random, long outputBytesMax) {
    this.random = random;
    arguments.add(terminated(PROGRAM_NAME));
    item.args().forEach(arg -> arguments.add(terminated(arg)));
    item.env().forEach((name, value) -> environment.add(terminated(name + '=' + value)));
    budget = new OutputBudget(outputBytesMax);
    stdout = new GrowingBytes(budget);
    stderr = new GrowingBytes(budget);
    outputDirectory = new Directory(nextInode(), true);
    try {
      descriptors.add(new StandardInput(InputSource.open(item.stdin())));
      descriptors.add(new StandardOutput(stdout));
      descriptors.add(new StandardOutput(stderr));
      descriptors.add(new OpenDirectory(inputDirectory, "/in"));
      descriptors.add(new OpenDirectory(outputDirectory, "/out"));
    } catch (SystemCallError e) {
      throw new IllegalStateException("an empty table has room for five", e);
    }
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }

  /** Arguments, the program's name first, each with a NUL at its end. */
  List<byte[]> arguments() {
    return arguments;
  }

  /** Variables as {@code name=value}, in the order of their names, each with a NUL at its end. */
  List<byte[]> environment() {
    return environment;
  }

  SeededRandom random() {
    return random;
  }

  OutputBudget budget() {
    return budget;
  }

  GrowingBytes stdout() {
    return stdout;
  }

  GrowingBytes stderr() {
    return stderr;
  }

  Directory outputDirectory() {
    return outputDirectory;
  }

  DescriptorTable descriptors() {
    return descriptors;
  }

  long nextInode() {
    return nextInode++;
  }

  /** Virtual nanoseconds that the program slept. */
  long sleptNanoseconds() {
    return sleptNanoseconds;
  }

  void sleep(long nanoseconds) {
    sleptNanoseconds += Math.min(nanoseconds, SLEEP_NANOSECONDS_MAX - sleptNanoseconds);
  }

  @Override
  public void close() {
    descriptors.close();
  }
}
