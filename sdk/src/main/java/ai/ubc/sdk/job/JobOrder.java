package ai.ubc.sdk.job;

import ai.ubc.codec.job.JobSpec;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobWindows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What to run, and for how much.
 *
 * @param program file of the WASM module
 * @param items runs of the program, at least one
 * @param inputDirectory what every item sees as {@code /in}
 * @param memoryPages most memory of an item, pages of 64 KiB
 * @param outputBytes most bytes that all items together may leave
 * @param tier how much is checked
 * @param validators validators to draw; 0 without a check
 * @param inputPolicy who may read program, input and result
 * @param maxUnits units to pay for; absent: as many as {@code maxCostMicros} surely pays for
 * @param limitPriceMicros highest price of 1,000,000 units, micro-COMPUTE; absent: the best offer's
 * @param maxCostMicros the most to spend: price, fee and checking, micro-COMPUTE
 * @param runWindowMs time for the provider to commit, milliseconds; raised to what the units need,
 *     and lowered to the network's limit
 * @param waitMs how long the job may wait on the ledger for an offer that carries it, milliseconds;
 *     0: it is refused where none can carry it now. A private job waits here instead
 * @param isPrivate whether program, input and result are sealed for their readers
 */
public record JobOrder(
    Path program,
    List<Run> items,
    Optional<Path> inputDirectory,
    int memoryPages,
    long outputBytes,
    Tier tier,
    int validators,
    InputPolicy inputPolicy,
    OptionalLong maxUnits,
    OptionalLong limitPriceMicros,
    long maxCostMicros,
    long runWindowMs,
    long waitMs,
    boolean isPrivate) {

  /** Validators that a quorum has where nobody says otherwise. */
  public static final int VALIDATORS_DEFAULT = 3;

  /** Time to run where nobody says otherwise, milliseconds. */
  public static final long RUN_WINDOW_DEFAULT_MS = 300_000;

  /** Time to wait for an offer where nobody says otherwise, milliseconds. */
  public static final long WAIT_DEFAULT_MS = 60_000;

  /**
   * One run of the program.
   *
   * @param args arguments after the program's name
   * @param env environment variables
   * @param stdin file of what it reads from standard input
   */
  public record Run(List<String> args, Map<String, String> env, Optional<Path> stdin) {
    /** Copies the collections; the environment is kept in the order of names. */
    public Run {
      args = List.copyOf(args);
      env = Collections.unmodifiableMap(new TreeMap<>(env));
    }
  }

  /** Copies the items and refuses what no network would take. */
  public JobOrder {
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a job has at least one item");
    }
    if (maxCostMicros < 1) {
      throw new IllegalArgumentException("the most to spend must be positive");
    }
    if ((validators > 0) != (tier == Tier.QUORUM)) {
      throw new IllegalArgumentException("a quorum has validators, and nothing else has");
    }
    if (runWindowMs < 1 || waitMs < 0) {
      throw new IllegalArgumentException("times must be positive");
    }
    if (waitMs > JobWindows.WAIT_MAX_MS) {
      throw new IllegalArgumentException("a job waits for an offer for 7 days at most");
    }
    if (isPrivate && inputPolicy == InputPolicy.PUBLIC) {
      throw new IllegalArgumentException("what everybody may read is not private");
    }
  }

  /** What {@code job.json} says of the items. */
  JobSpec spec() {
    return new JobSpec(
        JobSpec.VERSION,
        items.stream()
            .map(i -> new JobSpec.ItemSpec(i.args(), i.env(), i.stdin().isPresent()))
            .toList(),
        memoryPages,
        outputBytes);
  }

  /** Standard inputs of the items that have one, in order. */
  List<Path> stdins() {
    return items.stream().flatMap(i -> i.stdin().stream()).toList();
  }

  /**
   * Begins an order of one unchecked run.
   *
   * @param maxCostMicros the most to spend, micro-COMPUTE
   */
  public static Builder of(Path program, long maxCostMicros) {
    return new Builder(program, maxCostMicros);
  }

  /** Collects an order; each method replaces what was said before, but {@link #item} adds. */
  public static final class Builder {
    private final Path program;
    private final long maxCostMicros;
    private final List<Run> items = new ArrayList<>();
    private List<String> args = List.of();
    private Map<String, String> env = Map.of();
    private Optional<Path> stdin = Optional.empty();
    private Optional<Path> inputDirectory = Optional.empty();
    private int memoryPages = JobSpec.MEMORY_PAGES_DEFAULT;
    private long outputBytes = JobSpec.OUTPUT_BYTES_DEFAULT;
    private int validators;
    private Optional<InputPolicy> policy = Optional.empty();
    private OptionalLong maxUnits = OptionalLong.empty();
    private OptionalLong limitPriceMicros = OptionalLong.empty();
    private long runWindowMs = RUN_WINDOW_DEFAULT_MS;
    private long waitMs = WAIT_DEFAULT_MS;
    private boolean isPrivate;

    private Builder(Path program, long maxCostMicros) {
      this.program = program;
      this.maxCostMicros = maxCostMicros;
    }

    /** Arguments of the one run. */
    public Builder args(String... values) {
      args = List.of(values);
      return this;
    }

    /** Environment of the one run. */
    public Builder env(Map<String, String> values) {
      env = Map.copyOf(values);
      return this;
    }

    /** Standard input of the one run. */
    public Builder stdin(Path file) {
      stdin = Optional.of(file);
      return this;
    }

    /** Adds a run; then {@code args}, {@code env} and {@code stdin} do not count. */
    public Builder item(Run run) {
      items.add(run);
      return this;
    }

    /** The directory that every item sees as {@code /in}. */
    public Builder input(Path directory) {
      inputDirectory = Optional.of(directory);
      return this;
    }

    /** Most memory of an item (pages of 64 KiB), and most bytes that all leave. */
    public Builder limits(int pages, long bytes) {
      memoryPages = pages;
      outputBytes = bytes;
      return this;
    }

    /** Has everything re-run by so many drawn validators. */
    public Builder quorum(int drawn) {
      validators = drawn;
      return this;
    }

    /** Who may read the bodies; otherwise those who must. */
    public Builder readableBy(InputPolicy readers) {
      policy = Optional.of(readers);
      return this;
    }

    /**
     * Seals program, input and result, so that only the provider, the drawn validators and the
     * buyer read them.
     */
    public Builder privately() {
      isPrivate = true;
      return this;
    }

    /** Units to pay for, at most. */
    public Builder maxUnits(long units) {
      maxUnits = OptionalLong.of(units);
      return this;
    }

    /** Highest price of 1,000,000 units, micro-COMPUTE. */
    public Builder limitPriceMicros(long micros) {
      limitPriceMicros = OptionalLong.of(micros);
      return this;
    }

    /** Time for the provider to commit, milliseconds. */
    public Builder runWindowMs(long ms) {
      runWindowMs = ms;
      return this;
    }

    /**
     * How long the job may wait for an offer that carries it, milliseconds. While it waits, what it
     * may cost is held.
     */
    public Builder waitMs(long ms) {
      waitMs = ms;
      return this;
    }

    /**
     * The order.
     *
     * @throws IllegalArgumentException when no network would take it
     */
    public JobOrder build() {
      Tier tier = validators > 0 ? Tier.QUORUM : Tier.NONE;
      return new JobOrder(
          program,
          items.isEmpty() ? List.of(new Run(args, env, stdin)) : items,
          inputDirectory,
          memoryPages,
          outputBytes,
          tier,
          validators,
          policy.orElse(tier == Tier.QUORUM ? InputPolicy.VALIDATORS : InputPolicy.PARTIES),
          maxUnits,
          limitPriceMicros,
          maxCostMicros,
          runWindowMs,
          waitMs,
          isPrivate);
    }
  }
}
