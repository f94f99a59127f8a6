package ai.ubc.provider.runtime;

/** How an item ended: the same on every machine, and payable whatever it is. */
public sealed interface Outcome {

  /**
   * The program ended by itself: it returned from its start, or called {@code proc_exit}.
   *
   * @param code 0 to 2^32-1 as an unsigned number; 0 is success
   */
  record Exit(int code) implements Outcome {}

  /** The program did what WebAssembly, or the runtime, does not allow. */
  record Trap(TrapKind kind) implements Outcome {}

  /** The units were used up. */
  record OutOfUnits() implements Outcome {}

  /** The program wrote more than it may. */
  record OutputLimit() implements Outcome {}
}
