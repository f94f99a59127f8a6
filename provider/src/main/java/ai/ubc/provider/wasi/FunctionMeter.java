package ai.ubc.provider.wasi;

/**
 * The code by which one function keeps account of units and frames, in one of two forms; {@link
 * FunctionRewriter} says which and why.
 */
final class FunctionMeter {

  private static final int VOID_BLOCK = 0x40;
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;
  private static final int F32 = 0x7D;
  private static final int F64 = 0x7C;

  private final MeterIndices meter;
  private final int localCount;
  private final boolean isLarge;
  private final boolean keepsSlots;
  private final int fuelLocal;
  private final int callerSlotsLocal;
  private final int entrySlotsLocal;

  /**
   * The accounts of a function.
   *
   * @param localCount its own parameters and locals; the account's come after them
   * @param isLarge whether it leaves everything in {@code state}
   * @param keepsSlots whether it leaves the slots in {@code state} as they were
   */
  FunctionMeter(MeterIndices meter, int localCount, boolean isLarge, boolean keepsSlots) {
    this.meter = meter;
    this.localCount = localCount;
    this.isLarge = isLarge;
    this.keepsSlots = keepsSlots;
    this.fuelLocal = localCount;
    this.callerSlotsLocal = localCount + 1;
    this.entrySlotsLocal = localCount + 2;
  }

  /** The number of groups that {@link #writeLocals} declares. */
  static final int LOCAL_GROUPS = 2;

  /** Declares the account's locals; the next one after them is {@link #localsEnd}. */
  void writeLocals(ByteWriter out) {
    out.writeU32(1).writeByte(I32);
    out.writeU32(2).writeByte(I64);
  }

  /** The index after those of the account's locals. */
  int localsEnd() {
    return localCount + 3;
  }

  /**
   * What comes before the function's code; a large function's also opens the block that every way
   * out of it leads to the end of.
   */
  void writePrologue(ByteWriter out, boolean hasCalls, int operandsMax, String results) {
    if (isLarge) {
      writeLargePrologue(out, hasCalls, operandsMax, results);
    } else {
      writePlainPrologue(out, hasCalls, operandsMax);
    }
  }

  /** What comes after the function's code. */
  void writeEpilogue(ByteWriter out, boolean hasCalls, int operandsMax) {
    out.writeByte(Instruction.END);
    if (isLarge) {
      if (hasCalls) {
        writeOwnSlots(out, operandsMax, Instruction.I64_SUB);
      }
      out.writeByte(Instruction.END);
    }
  }

  /** Hands over what is left to whom the function calls. */
  void writeCallState(ByteWriter out) {
    if (!isLarge) {
      out.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
      out.writeByte(Instruction.I64_EXTEND_I32_S);
      out.writeByte(Instruction.LOCAL_GET).writeU32(callerSlotsLocal);
      out.writeByte(Instruction.I64_OR);
      out.writeByte(Instruction.GLOBAL_SET).writeU32(meter.stateGlobal());
    }
  }

  /** Hands over what is left at a way out. */
  void writeExitState(ByteWriter out) {
    if (!isLarge) {
      out.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
      out.writeByte(Instruction.I64_EXTEND_I32_S);
      if (keepsSlots) {
        out.writeByte(Instruction.LOCAL_GET).writeU32(entrySlotsLocal);
        out.writeByte(Instruction.I64_OR);
      }
      out.writeByte(Instruction.GLOBAL_SET).writeU32(meter.stateGlobal());
    }
  }

  /** Takes over what a call left. */
  void writeReload(ByteWriter out) {
    if (!isLarge) {
      out.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
      out.writeByte(Instruction.I32_WRAP_I64);
      out.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    }
  }

  private void writePlainPrologue(ByteWriter out, boolean hasCalls, int operandsMax) {
    out.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
    if (hasCalls || keepsSlots) {
      out.writeByte(Instruction.LOCAL_TEE).writeU32(entrySlotsLocal);
    }
    out.writeByte(Instruction.I32_WRAP_I64);
    out.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    if (hasCalls || keepsSlots) {
      out.writeByte(Instruction.LOCAL_GET).writeU32(entrySlotsLocal);
      out.writeByte(Instruction.I64_CONST).writeSigned(-1L << 32);
      out.writeByte(Instruction.I64_AND);
      out.writeByte(Instruction.LOCAL_SET).writeU32(entrySlotsLocal);
    }
    if (hasCalls) {
      out.writeByte(Instruction.LOCAL_GET).writeU32(entrySlotsLocal);
      out.writeByte(Instruction.I64_CONST).writeSigned(ownSlots(operandsMax));
      out.writeByte(Instruction.I64_ADD);
      out.writeByte(Instruction.LOCAL_TEE).writeU32(callerSlotsLocal);
      writeDepthTest(out);
    }
  }

  private void writeLargePrologue(
      ByteWriter out, boolean hasCalls, int operandsMax, String results) {
    if (hasCalls) {
      writeOwnSlots(out, operandsMax, Instruction.I64_ADD);
      out.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
      writeDepthTest(out);
    }
    out.writeByte(Instruction.BLOCK);
    out.writeByte(
        switch (results) {
          case "i" -> I32;
          case "I" -> I64;
          case "f" -> F32;
          case "F" -> F64;
          default -> VOID_BLOCK;
        });
  }

  /** Puts the function's own slots on those in {@code state}, or takes them off. */
  private void writeOwnSlots(ByteWriter out, int operandsMax, int operation) {
    out.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
    out.writeByte(Instruction.I64_CONST).writeSigned(ownSlots(operandsMax));
    out.writeByte(operation);
    out.writeByte(Instruction.GLOBAL_SET).writeU32(meter.stateGlobal());
  }

  /** The slots of the function's frame, where {@code state} has them. */
  private long ownSlots(int operandsMax) {
    return (long) Meter.frameSlots(localCount, operandsMax) << 32;
  }

  /** Ends the program where the slots on the stack are too many. */
  private void writeDepthTest(ByteWriter out) {
    out.writeByte(Instruction.I64_CONST).writeSigned((Meter.FRAME_SLOTS_MAX + 1L) << 32);
    out.writeByte(Instruction.I64_GE_U);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    out.writeByte(Instruction.CALL).writeU32(meter.tooDeepFunction());
    out.writeByte(Instruction.END);
  }

  /** Pays a segment's weight. */
  void writePayment(ByteWriter out, int weight) {
    if (isLarge) {
      out.writeByte(Instruction.I32_CONST).writeSigned(weight);
      out.writeByte(Instruction.CALL).writeU32(meter.payFunction());
      return;
    }
    out.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
    out.writeByte(Instruction.I32_CONST).writeSigned(weight);
    out.writeByte(Instruction.I32_SUB);
    out.writeByte(Instruction.LOCAL_TEE).writeU32(fuelLocal);
    out.writeByte(Instruction.I32_CONST).writeSigned(31);
    out.writeByte(Instruction.I32_SHR_U);
    out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    out.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
    out.writeByte(Instruction.CALL).writeU32(meter.refillFunction());
    out.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    out.writeByte(Instruction.END);
  }
}
