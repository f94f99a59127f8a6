package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Outcome;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;

/** The host's view of an item's units, which the program's code draws from the same globals. */
final class UnitMeter {

  private static final long NEVER = -1;
  private static final long LEFT_MASK = 0xFFFF_FFFFL;

  private final long budget;
  private final GlobalInstance state;
  private final GlobalInstance reserve;
  private final GlobalInstance ended;
  private final GlobalInstance mark;

  /** Gives an instance, before it runs, so many units. */
  UnitMeter(Instance instance, MeterIndices indices, long budget) {
    this.budget = budget;
    this.state = instance.global(indices.stateGlobal());
    this.reserve = instance.global(indices.reserveGlobal());
    this.ended = instance.global(indices.endedGlobal());
    this.mark = instance.global(indices.markGlobal());
    state.setValue(0);
    mark.setValue(NEVER);
    reserve.setValue(budget);
  }

  /**
   * Charges a system call, by the rule of the program's own code.
   *
   * @throws ProgramEnded when the units do not suffice; all of them are used then
   */
  void charge(long units) {
    long slots = state.getValue() & ~LEFT_MASK;
    long left = (state.getValue() & LEFT_MASK) - units;
    if (left < 0) {
      long more = Math.min(Math.max(Meter.QUANTUM, -left), reserve.getValue());
      reserve.setValue(reserve.getValue() - more);
      left += more;
      if (left < 0) {
        state.setValue(slots);
        throw new ProgramEnded(new Outcome.OutOfUnits());
      }
    }
    state.setValue(slots | left);
  }

  /**
   * Units used, where the program has handed over what is left: in a system call, and after its
   * end.
   */
  long used() {
    return budget - reserve.getValue() - (state.getValue() & LEFT_MASK);
  }

  /** Has a mark taken when the code draws units next, after so many are drawn. */
  void markAfter(long units) {
    mark.setValue(Math.max(NEVER, budget - units));
  }

  /** Units drawn from the budget, which is what a program that trapped has used. */
  long drawn() {
    return budget - reserve.getValue();
  }

  /** Whether the program's own code found the units used up. */
  boolean endedOutOfUnits() {
    return ended.getValue() == MeterFunctions.ENDED_OUT_OF_UNITS;
  }

  /** Whether the program's own code found its calls nested too deep. */
  boolean endedTooDeep() {
    return ended.getValue() == MeterFunctions.ENDED_TOO_DEEP;
  }
}
