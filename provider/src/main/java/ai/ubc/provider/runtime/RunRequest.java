package ai.ubc.provider.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to run: one program over many items, and the limits they stay under.
 *
 * @param program the module in WebAssembly's binary format
 * @param items 1 to {@link #ITEMS_MAX}; each is a fresh start of the program
 * @param inputDirectory shown to the program, read-only, as {@code /in}; absent: {@code /in} is
 *     empty. Holds regular files and directories only, and does not change during the run
 * @param limits bounds on units, memory and output
 * @param seed what the program's random numbers are drawn from
 * @param firstItem what number the first item has in its job, from 0: its random numbers depend on
 *     it
 * @param marked whether marks are wanted; they change nothing else of the result
 */
public record RunRequest(
    Content program,
    List<Item> items,
    Optional<Path> inputDirectory,
    Limits limits,
    Seed seed,
    int firstItem,
    boolean marked) {

  /** The most items of one request. */
  public static final int ITEMS_MAX = 65_535;

  /**
   * @throws IllegalArgumentException when there are no items, too many, or numbers beyond what a
   *     job can have
   */
  public RunRequest {
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > ITEMS_MAX) {
      throw new IllegalArgumentException(
          "a request has 1 to " + ITEMS_MAX + " items, not " + items.size());
    }
    if (firstItem < 0 || firstItem + items.size() > ITEMS_MAX) {
      throw new IllegalArgumentException("no job has an item " + firstItem);
    }
  }

  /** All items of a job, without marks. */
  public RunRequest(
      Content program, List<Item> items, Optional<Path> inputDirectory, Limits limits, Seed seed) {
    this(program, items, inputDirectory, limits, seed, 0, false);
  }

  /** The same request, with marks. */
  public RunRequest withMarks() {
    return new RunRequest(program, items, inputDirectory, limits, seed, firstItem, true);
  }

  /**
   * The request that runs one item alone: it has what the items before it left of the limits, so it
   * comes to the same result as among them.
   *
   * @param item its place in this request
   * @param claimed the result of this request, whose items before it are believed
   */
  public RunRequest alone(int item, RunResult claimed) {
    long units = 0;
    long outputBytes = 0;
    for (ItemResult before : claimed.items().subList(0, item)) {
      units += before.units();
      outputBytes += before.outputBytes();
    }
    return one(item, limits.unitsMax() - units, outputBytes);
  }

  /**
   * The request that runs one item up to a mark: its last mark is that one, with the same digest if
   * the claim is true.
   *
   * @param item its place in this request
   * @param claimed the result of this request
   * @param mark one of the item's marks
   */
  public RunRequest upTo(int item, RunResult claimed, Mark mark) {
    long outputBytes = 0;
    for (ItemResult before : claimed.items().subList(0, item)) {
      outputBytes += before.outputBytes();
    }
    return one(item, claimed.admissionUnits() + mark.units(), outputBytes).withMarks();
  }

  private RunRequest one(int item, long unitsMax, long outputBytesBefore) {
    long outputBytesMax =
        Math.min(limits.outputBytesMax(), Limits.ITEMS_OUTPUT_BYTES_MAX - outputBytesBefore);
    return new RunRequest(
        program,
        List.of(items.get(item)),
        inputDirectory,
        new Limits(unitsMax, limits.memoryPagesMax(), outputBytesMax),
        seed,
        firstItem + item,
        marked);
  }
}
