package ai.ubc.provider.wasi;

import static ai.ubc.provider.wasi.AdmissionLimits.require;

import ai.ubc.provider.wasi.Instruction.Immediate;
import ai.ubc.provider.wasi.Instruction.NanResult;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the code of one function so that it pays for what it executes, counts its frame, and
 * gives NaNs one form.
 *
 * <p>Code is cut into segments: runs of instructions that execute one after another once the first
 * of them does. A segment pays for all of itself before it starts. What is left of the present
 * quantum is held in a local, so that a loop touches no memory to pay; around calls and at exits it
 * is handed over in the global {@code state}, next to the slots that the frames of all callers
 * take:
 *
 * <pre>
 * state = (slots of frames &lt;&lt; 32) | what is left of the quantum
 * </pre>
 *
 * <p>A callee may leave any slots in {@code state}: its caller has its own in a local and puts them
 * back before the next call.
 */
final class FunctionRewriter {

  /** A segment this heavy ends, so that what a segment pays always fits the local. */
  private static final int SEGMENT_WEIGHT_MAX = 1 << 20;

  private static final int CANONICAL_NAN_F32 = 0x7FC00000;
  private static final long CANONICAL_NAN_F64 = 0x7FF8000000000000L;
  private static final int VOID_BLOCK = 0x40;
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;
  private static final int F32 = 0x7D;
  private static final int F64 = 0x7C;

  private final ModuleShape shape;
  private final MeterIndices meter;
  private final int function;
  private final byte[] source;
  private final ByteReader reader;
  private final ByteWriter code;
  private final ByteWriter segment = new ByteWriter(256);
  private final Deque<Frame> frames = new ArrayDeque<>();

  private int localCount;
  private int fuelLocal;
  private int callerSlotsLocal;
  private int nanF32Local;
  private int nanF64Local;
  private boolean hasCalls;
  private boolean hasNans;
  private boolean dead;
  private int segmentWeight;
  private int height;
  private int heightMax;

  /** A block, loop, if or the function itself, while its end has not come. */
  private static final class Frame {
    final int opcode;
    final int bottom;
    final int parameters;
    final int results;
    final boolean deadBefore;
    boolean targeted;

    Frame(int opcode, int bottom, int parameters, int results, boolean deadBefore) {
      this.opcode = opcode;
      this.bottom = bottom;
      this.parameters = parameters;
      this.results = results;
      this.deadBefore = deadBefore;
    }
  }

  private FunctionRewriter(ModuleShape shape, MeterIndices meter, int function) {
    this.shape = shape;
    this.meter = meter;
    this.function = function;
    ModuleShape.Range range = shape.bodies().get(function - shape.imports().size());
    this.source = shape.bytes();
    this.reader = new ByteReader(source, range.from(), range.to());
    this.code = new ByteWriter(2 * (range.to() - range.from()) + 64);
  }

  /**
   * The rewritten code of a defined function, without its size.
   *
   * @param function its index, imported functions included
   * @throws InvalidProgram when it is malformed, too large, or has an instruction that programs may
   *     not use
   */
  static ByteWriter rewrite(ModuleShape shape, MeterIndices meter, int function)
      throws InvalidProgram {
    return new FunctionRewriter(shape, meter, function).rewrite();
  }

  private ByteWriter rewrite() throws InvalidProgram {
    ModuleShape.FunctionType type = shape.typeOf(function);
    int localsFrom = reader.position();
    int groups = readLocals(type);
    int localsTo = reader.position();
    frames.push(new Frame(Instruction.BLOCK, 0, 0, type.results().length(), false));
    while (!frames.isEmpty()) {
      rewriteInstruction();
    }
    if (reader.hasMore()) {
      throw reader.invalid("code after the end of function " + function);
    }

    ByteWriter out = new ByteWriter(code.length() + localsTo - localsFrom + 64);
    out.writeU32(groups + (hasNans ? 4 : 2));
    ByteReader declarations = new ByteReader(source, localsFrom, localsTo);
    declarations.readCount();
    out.write(source, declarations.position(), localsTo);
    out.writeU32(1).writeByte(I32);
    out.writeU32(1).writeByte(I64);
    if (hasNans) {
      out.writeU32(1).writeByte(F32);
      out.writeU32(1).writeByte(F64);
    }
    writePrologue(out);
    return out.write(code);
  }

  /** Returns how many groups the locals are declared in. */
  private int readLocals(ModuleShape.FunctionType type) throws InvalidProgram {
    int groups = reader.readCount();
    long declared = type.parameters().length();
    for (int i = 0; i < groups; i++) {
      declared += reader.readU32() & 0xFFFFFFFFL;
      require("locals of function " + function, declared, AdmissionLimits.LOCALS_MAX);
      ModuleReader.readValueType(reader);
    }
    localCount = (int) declared;
    fuelLocal = localCount;
    callerSlotsLocal = localCount + 1;
    nanF32Local = localCount + 2;
    nanF64Local = localCount + 3;
    return groups;
  }

  private void writePrologue(ByteWriter out) {
    out.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
    if (hasCalls) {
      out.writeByte(Instruction.LOCAL_TEE).writeU32(callerSlotsLocal);
    }
    out.writeByte(Instruction.I32_WRAP_I64);
    out.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    if (hasCalls) {
      long slots = Meter.frameSlots(localCount, heightMax);
      out.writeByte(Instruction.LOCAL_GET).writeU32(callerSlotsLocal);
      out.writeByte(Instruction.I64_CONST).writeSigned(-1L << 32);
      out.writeByte(Instruction.I64_AND);
      out.writeByte(Instruction.I64_CONST).writeSigned(slots << 32);
      out.writeByte(Instruction.I64_ADD);
      out.writeByte(Instruction.LOCAL_TEE).writeU32(callerSlotsLocal);
      out.writeByte(Instruction.I64_CONST).writeSigned((long) Meter.FRAME_SLOTS_MAX << 32);
      out.writeByte(Instruction.I64_GT_U);
      out.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
      out.writeByte(Instruction.CALL).writeU32(meter.tooDeepFunction());
      out.writeByte(Instruction.END);
    }
  }

  private void rewriteInstruction() throws InvalidProgram {
    int from = reader.position();
    int opcode = reader.readByte();
    int suboperation = opcode == Instruction.PREFIX ? reader.readIndex() : -1;
    @Nullable Instruction instruction =
        suboperation < 0 ? Instruction.plain(opcode) : Instruction.prefixed(suboperation);
    if (instruction == null) {
      throw reader.invalid("an instruction that is not allowed in function " + function);
    }
    pay(instruction.weight());
    switch (opcode) {
      case Instruction.BLOCK, Instruction.LOOP, Instruction.IF -> enter(opcode, from);
      case Instruction.ELSE -> enterElse();
      case Instruction.END -> leave();
      case Instruction.BR, Instruction.BR_IF -> branch(opcode, from);
      case Instruction.BR_TABLE -> branchByTable(from);
      case Instruction.RETURN -> {
        writeExitState();
        copy(from);
        die();
      }
      case Instruction.UNREACHABLE -> {
        copy(from);
        die();
      }
      case Instruction.CALL -> call(from);
      case Instruction.CALL_INDIRECT -> callIndirect(from);
      case Instruction.MEMORY_GROW -> {
        payByOperand(meter.payPagesFunction());
        simple(instruction, from);
      }
      case Instruction.PREFIX -> {
        if (isBulk(suboperation)) {
          payByOperand(meter.payBulkFunction());
        }
        simple(instruction, from);
      }
      default -> {
        simple(instruction, from);
        makeNanCanonical(instruction.nan());
      }
    }
  }

  private static boolean isBulk(int suboperation) {
    return switch (suboperation) {
      case Instruction.MEMORY_INIT,
          Instruction.MEMORY_COPY,
          Instruction.MEMORY_FILL,
          Instruction.TABLE_INIT,
          Instruction.TABLE_COPY,
          Instruction.TABLE_GROW,
          Instruction.TABLE_FILL ->
          true;
      default -> false;
    };
  }

  private void simple(Instruction instruction, int from) throws InvalidProgram {
    skipImmediate(instruction.immediate());
    adjustHeight(instruction.pops(), instruction.pushes());
    copy(from);
  }

  private void skipImmediate(Immediate immediate) throws InvalidProgram {
    switch (immediate) {
      case NONE -> {}
      case LOCAL, GLOBAL, TABLE, FUNCTION, DATA, ELEMENTS -> reader.readIndex();
      case TWO_TABLES, ELEMENTS_AND_TABLE -> {
        reader.readIndex();
        reader.readIndex();
      }
      case MEMORY_ADDRESS -> {
        if (reader.readIndex() > 3) {
          throw reader.invalid("an alignment that is not allowed");
        }
        reader.readU32();
      }
      case MEMORY -> skipMemoryIndex();
      case TWO_MEMORIES -> {
        skipMemoryIndex();
        skipMemoryIndex();
      }
      case DATA_AND_MEMORY -> {
        reader.readIndex();
        skipMemoryIndex();
      }
      case VALUE_TYPES -> {
        if (reader.readIndex() != 1) {
          throw reader.invalid("a select of other than one type");
        }
        ModuleReader.readValueType(reader);
      }
      case HEAP_TYPE -> {
        if (ModuleReader.readValueType(reader) != 'r') {
          throw reader.invalid("a reference type that is not allowed");
        }
      }
      case I32 -> reader.readSigned(32);
      case I64 -> reader.readSigned(64);
      case F32 -> reader.skip(4);
      case F64 -> reader.skip(8);
      case BLOCK_TYPE, LABEL, LABELS, TYPE_AND_TABLE ->
          throw new IllegalStateException(immediate + " is read with its instruction");
    }
  }

  private void skipMemoryIndex() throws InvalidProgram {
    if (reader.readByte() != 0) {
      throw reader.invalid("a memory other than the first");
    }
  }

  private void enter(int opcode, int from) throws InvalidProgram {
    require("nested blocks", frames.size(), AdmissionLimits.NESTING_MAX);
    int parameters = 0;
    int results = 0;
    int first = reader.peekByte();
    if (first == VOID_BLOCK) {
      reader.readByte();
    } else if ((first & 0xC0) == 0x40) {
      ModuleReader.readValueType(reader);
      results = 1;
    } else {
      long index = reader.readSigned(33);
      if (index < 0 || index > Integer.MAX_VALUE) {
        throw reader.invalid("a block type that is not allowed");
      }
      ModuleShape.FunctionType type = shape.type((int) index);
      parameters = type.parameters().length();
      results = type.results().length();
    }
    if (opcode == Instruction.IF) {
      adjustHeight(1, 0);
    }
    if (opcode == Instruction.LOOP) {
      endSegment();
    }
    copy(from);
    if (opcode != Instruction.BLOCK) {
      endSegment();
    }
    int bottom = Math.max(frames.getFirst().bottom, height - parameters);
    frames.push(new Frame(opcode, bottom, parameters, results, dead));
  }

  private void enterElse() throws InvalidProgram {
    Frame frame = frames.getFirst();
    if (frame.opcode != Instruction.IF) {
      throw reader.invalid("else without if");
    }
    endSegment();
    code.writeByte(Instruction.ELSE);
    dead = frame.deadBefore;
    height = frame.bottom + frame.parameters;
  }

  private void leave() throws InvalidProgram {
    Frame frame = frames.pop();
    if (frames.isEmpty()) {
      writeExitState();
      segment.writeByte(Instruction.END);
      endSegment();
      return;
    }
    boolean joins = frame.targeted || frame.opcode == Instruction.IF;
    if (dead || (joins && frame.opcode != Instruction.LOOP)) {
      endSegment();
      code.writeByte(Instruction.END);
    } else {
      segment.writeByte(Instruction.END);
    }
    dead = frame.deadBefore;
    height = frame.bottom;
    adjustHeight(0, frame.results);
  }

  private void branch(int opcode, int from) throws InvalidProgram {
    if (opcode == Instruction.BR_IF) {
      adjustHeight(1, 0);
    }
    if (target(reader.readIndex())) {
      writeExitState();
    }
    copy(from);
    if (opcode == Instruction.BR) {
      die();
    } else {
      endSegment();
    }
  }

  private void branchByTable(int from) throws InvalidProgram {
    int labels = reader.readCount();
    boolean exits = false;
    for (int i = 0; i <= labels; i++) {
      exits |= target(reader.readIndex());
    }
    if (exits) {
      writeExitState();
    }
    copy(from);
    die();
  }

  /**
   * Marks the block that a branch goes to the end (or the head) of, and says whether it is the
   * function.
   */
  private boolean target(int label) throws InvalidProgram {
    if (label >= frames.size()) {
      throw reader.invalid("a branch to no block");
    }
    int depth = 0;
    for (Frame frame : frames) {
      if (depth++ == label) {
        frame.targeted = true;
        break;
      }
    }
    return label == frames.size() - 1;
  }

  private void call(int from) throws InvalidProgram {
    ModuleShape.FunctionType type = shape.typeOf(reader.readIndex());
    callWithState(type, 0, from);
  }

  private void callIndirect(int from) throws InvalidProgram {
    ModuleShape.FunctionType type = shape.type(reader.readIndex());
    reader.readIndex();
    callWithState(type, 1, from);
  }

  private void callWithState(ModuleShape.FunctionType type, int extraPops, int from) {
    hasCalls = true;
    if (!dead) {
      segment.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
      segment.writeByte(Instruction.I64_EXTEND_I32_S);
      segment.writeByte(Instruction.LOCAL_GET).writeU32(callerSlotsLocal);
      segment.writeByte(Instruction.I64_OR);
      segment.writeByte(Instruction.GLOBAL_SET).writeU32(meter.stateGlobal());
    }
    copy(from);
    writeReload();
    adjustHeight(type.parameters().length() + extraPops, type.results().length());
  }

  /**
   * The operand on top says how much the instruction that follows will do; the function called
   * returns it.
   */
  private void payByOperand(int payFunction) {
    if (!dead) {
      writeExitState();
      segment.writeByte(Instruction.CALL).writeU32(payFunction);
      writeReload();
    }
  }

  private void writeExitState() {
    if (!dead) {
      segment.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
      segment.writeByte(Instruction.I64_EXTEND_I32_S);
      segment.writeByte(Instruction.GLOBAL_SET).writeU32(meter.stateGlobal());
    }
  }

  private void writeReload() {
    if (!dead) {
      segment.writeByte(Instruction.GLOBAL_GET).writeU32(meter.stateGlobal());
      segment.writeByte(Instruction.I32_WRAP_I64);
      segment.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    }
  }

  private void makeNanCanonical(NanResult nan) {
    switch (nan) {
      case NEVER -> {}
      case F32 -> {
        writeNanTest(nanF32Local, Instruction.F32_NE);
        segment.writeByte(Instruction.F32_CONST);
        writeLittleEndian(CANONICAL_NAN_F32, 4);
        writeNanChoice(nanF32Local);
      }
      case F64 -> {
        writeNanTest(nanF64Local, Instruction.F64_NE);
        segment.writeByte(Instruction.F64_CONST);
        writeLittleEndian(CANONICAL_NAN_F64, 8);
        writeNanChoice(nanF64Local);
      }
    }
  }

  private void writeNanTest(int local, int notEqual) {
    hasNans = true;
    segment.writeByte(Instruction.LOCAL_TEE).writeU32(local);
    segment.writeByte(Instruction.LOCAL_GET).writeU32(local);
    segment.writeByte(notEqual);
    segment.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
  }

  private void writeNanChoice(int local) {
    segment.writeByte(Instruction.LOCAL_SET).writeU32(local);
    segment.writeByte(Instruction.END);
    segment.writeByte(Instruction.LOCAL_GET).writeU32(local);
  }

  private void writeLittleEndian(long bits, int count) {
    for (int i = 0; i < count; i++) {
      segment.writeByte((int) (bits >>> (8 * i)));
    }
  }

  private void pay(int weight) {
    segmentWeight += weight;
    if (segmentWeight >= SEGMENT_WEIGHT_MAX) {
      segmentWeight -= weight;
      endSegment();
      segmentWeight = weight;
    }
  }

  private void copy(int from) {
    segment.write(source, from, reader.position());
  }

  private void adjustHeight(int pops, int pushes) {
    height = Math.max(frames.getFirst().bottom, height - pops) + pushes;
    heightMax = Math.max(heightMax, height);
  }

  private void die() {
    endSegment();
    dead = true;
    height = frames.getFirst().bottom;
  }

  private void endSegment() {
    if (segmentWeight > 0 && !dead) {
      writePayment();
    }
    code.write(segment);
    segment.clear();
    segmentWeight = 0;
  }

  private void writePayment() {
    code.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
    code.writeByte(Instruction.I32_CONST).writeSigned(segmentWeight);
    code.writeByte(Instruction.I32_SUB);
    code.writeByte(Instruction.LOCAL_TEE).writeU32(fuelLocal);
    code.writeByte(Instruction.I32_CONST).writeSigned(31);
    code.writeByte(Instruction.I32_SHR_U);
    code.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
    code.writeByte(Instruction.LOCAL_GET).writeU32(fuelLocal);
    code.writeByte(Instruction.CALL).writeU32(meter.refillFunction());
    code.writeByte(Instruction.LOCAL_SET).writeU32(fuelLocal);
    code.writeByte(Instruction.END);
  }
}
