package ai.ubc.provider.wasi;

/** One call of a program into the system interface. */
@FunctionalInterface
interface SystemCall {

  /**
   * Does what the program asks.
   *
   * @param guest the program's memory, units and files
   * @param args the arguments as they are on the stack, 32-bit ones in the low half
   * @throws SystemCallError to answer with an error number
   */
  void call(Guest guest, long[] args) throws SystemCallError;

  /** Whom a call serves. */
  record Guest(ItemContext context, GuestMemory memory, UnitMeter meter) {

    /** Charges for bytes that a call moves. */
    void chargeBytes(long count) {
      meter.charge(count >>> Meter.SYSTEM_BYTES_SHIFT);
    }

    /** The virtual time since the item's start, in nanoseconds. */
    long elapsedNanoseconds() {
      return meter.used() * Meter.NANOSECONDS_PER_UNIT + context.sleptNanoseconds();
    }
  }
}
