package ai.ubc.provider.wasi;

/** The code of the functions that rewriting adds. */
final class MeterFunctions {

  /** Values of the global that says why the metering ended the program. */
  static final int ENDED_OUT_OF_UNITS = 1;

  static final int ENDED_TOO_DEEP = 2;

  private static final int VOID_BLOCK = 0x40;
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;

  private final MeterIndices meter;

  MeterFunctions(MeterIndices meter) {
    this.meter = meter;
  }

  /**
   * Code of {@code refill}:
   *
   * <pre>
   * if (reserve &lt;= mark) call what the host has put into the table of marks
   * more = max(QUANTUM, -left); if (reserve &lt; more) more = reserve;
   * reserve -= more; left += more;
   * if (left &lt; 0) { ended = OUT_OF_UNITS; trap }
   * return left
   * </pre>
   *
   * <p>A segment pays less than 2^21 and a bulk instruction at most 2^29, so {@code left} can not
   * overflow.
   */
  ByteWriter refill() {
    int left = 0;
    int more = 1;
    ByteWriter out = new ByteWriter(96);
    out.writeU32(1).writeU32(1).writeByte(I64);
    getGlobal(out, meter.reserveGlobal());
    getGlobal(out, meter.markGlobal()).writeByte(Instruction.I64_LE_S);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    out.writeByte(Instruction.I32_CONST).writeSigned(0).writeByte(Instruction.CALL_INDIRECT);
    out.writeU32(meter.emptyType()).writeU32(meter.markTable()).writeByte(Instruction.END);
    out.writeByte(Instruction.I32_CONST).writeSigned(0);
    get(out, left).writeByte(Instruction.I32_SUB).writeByte(Instruction.I64_EXTEND_I32_S);
    set(out, more);
    get(out, more).writeByte(Instruction.I64_CONST).writeSigned(Meter.QUANTUM);
    out.writeByte(Instruction.I64_LT_U).writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    out.writeByte(Instruction.I64_CONST).writeSigned(Meter.QUANTUM);
    set(out, more).writeByte(Instruction.END);
    getGlobal(out, meter.reserveGlobal());
    get(out, more).writeByte(Instruction.I64_LT_U);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    getGlobal(out, meter.reserveGlobal());
    set(out, more).writeByte(Instruction.END);
    getGlobal(out, meter.reserveGlobal());
    get(out, more).writeByte(Instruction.I64_SUB);
    setGlobal(out, meter.reserveGlobal());
    get(out, left);
    get(out, more).writeByte(Instruction.I32_WRAP_I64).writeByte(Instruction.I32_ADD);
    out.writeByte(Instruction.LOCAL_TEE).writeU32(left);
    out.writeByte(Instruction.I32_CONST).writeSigned(0).writeByte(Instruction.I32_LT_S);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    end(out, ENDED_OUT_OF_UNITS).writeByte(Instruction.END);
    return get(out, left).writeByte(Instruction.END);
  }

  /**
   * Code of {@code payPages}: more pages than a memory can have are never granted, and cost
   * nothing.
   */
  ByteWriter payPages() {
    int pages = 0;
    ByteWriter out = new ByteWriter(96);
    out.writeU32(1).writeU32(1).writeByte(I32);
    get(out, pages).writeByte(Instruction.I32_CONST).writeSigned(AdmissionLimits.MEMORY_PAGES_MAX);
    out.writeByte(Instruction.I32_LE_U).writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    get(out, pages).writeByte(Instruction.I32_CONST).writeSigned(Meter.PAGE);
    out.writeByte(Instruction.I32_MUL);
    pay(out, 1).writeByte(Instruction.END);
    return get(out, pages).writeByte(Instruction.END);
  }

  /** Code of {@code payBulk}. */
  ByteWriter payBulk() {
    int count = 0;
    ByteWriter out = new ByteWriter(96);
    out.writeU32(1).writeU32(1).writeByte(I32);
    get(out, count).writeByte(Instruction.I32_CONST).writeSigned(Meter.BULK_SHIFT);
    out.writeByte(Instruction.I32_SHR_U);
    pay(out, 1);
    return get(out, count).writeByte(Instruction.END);
  }

  /** Code of {@code tooDeep}. */
  ByteWriter tooDeep() {
    ByteWriter out = new ByteWriter(16).writeU32(0);
    return end(out, ENDED_TOO_DEEP).writeByte(Instruction.END);
  }

  /** Code of {@code pay}. */
  ByteWriter pay() {
    int weight = 0;
    ByteWriter out = new ByteWriter(64).writeU32(0);
    get(out, weight);
    return pay(out, weight).writeByte(Instruction.END);
  }

  /** Pays what is on the stack out of {@code state}; the slots of frames there stay. */
  private ByteWriter pay(ByteWriter out, int left) {
    set(out, left);
    getGlobal(out, meter.stateGlobal()).writeByte(Instruction.I32_WRAP_I64);
    get(out, left).writeByte(Instruction.I32_SUB);
    out.writeByte(Instruction.LOCAL_TEE).writeU32(left);
    out.writeByte(Instruction.I32_CONST).writeSigned(0).writeByte(Instruction.I32_LT_S);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    get(out, left).writeByte(Instruction.CALL).writeU32(meter.refillFunction());
    set(out, left).writeByte(Instruction.END);
    getGlobal(out, meter.stateGlobal());
    out.writeByte(Instruction.I64_CONST).writeSigned(-1L << 32).writeByte(Instruction.I64_AND);
    get(out, left).writeByte(Instruction.I64_EXTEND_I32_S).writeByte(Instruction.I64_OR);
    return setGlobal(out, meter.stateGlobal());
  }

  private ByteWriter end(ByteWriter out, int reason) {
    out.writeByte(Instruction.I32_CONST).writeSigned(reason);
    return setGlobal(out, meter.endedGlobal()).writeByte(Instruction.UNREACHABLE);
  }

  private static ByteWriter get(ByteWriter out, int local) {
    return out.writeByte(Instruction.LOCAL_GET).writeU32(local);
  }

  private static ByteWriter set(ByteWriter out, int local) {
    return out.writeByte(Instruction.LOCAL_SET).writeU32(local);
  }

  private static ByteWriter getGlobal(ByteWriter out, int global) {
    return out.writeByte(Instruction.GLOBAL_GET).writeU32(global);
  }

  private static ByteWriter setGlobal(ByteWriter out, int global) {
    return out.writeByte(Instruction.GLOBAL_SET).writeU32(global);
  }
}
