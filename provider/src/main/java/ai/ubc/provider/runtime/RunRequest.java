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
 */
public record RunRequest(
    Content program, List<Item> items, Optional<Path> inputDirectory, Limits limits, Seed seed) {

  /** The most items of one request. */
  public static final int ITEMS_MAX = 65_535;

  /**
   * @throws IllegalArgumentException when there are no items or too many
   */
  public RunRequest {
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > ITEMS_MAX) {
      throw new IllegalArgumentException(
          "a request has 1 to " + ITEMS_MAX + " items, not " + items.size());
    }
  }
}
