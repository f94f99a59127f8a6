package ai.ubc.provider.wasi;

import static ai.ubc.provider.wasi.AdmissionLimits.require;

import ai.ubc.provider.wasi.Instruction.Immediate;
import ai.ubc.provider.wasi.Instruction.NanResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the code of one function so that it pays for what it executes, counts its frame, and
 * gives NaNs one form.
 *
 * <p>Code is cut into segments: instructions that are all executed once the first of them is,
 * unless the program ends. A segment pays for all of itself before it starts. A block does not end
 * the segment that it begins in: after it the segment goes on, where nothing inside leads out of
 * it; so a segment's code need not be in one piece. What is left of the present quantum is held in
 * a local, so that a loop touches no memory to pay; around calls and at exits it is handed over in
 * the global {@code state}, next to the slots that the frames of all callers take:
 *
 * <pre>
 * state = (slots of frames &lt;&lt; 32) | what is left of the quantum
 * </pre>
 *
 * <p>A callee may leave any slots in {@code state}: its caller has its own in a local and puts them
 * back before the next call.
 *
 * <p>A large function has no room for that, so near is the compiler's limit on the size of a
 * method: it leaves everything in {@code state}, pays by a call, and does nothing around its own
 * calls. A module that has such a function has all of them leave the slots of {@code state} as they
 * were; and a large function has one way out, where it takes its own off again.
 */
final class FunctionRewriter {

  /** A segment this heavy ends, so that what a segment pays always fits the local. */
  private static final int SEGMENT_WEIGHT_MAX = 1 << 20;

  /** Code larger than this is a large function's. */
  private static final int LARGE_BODY_BYTES = 8_000;

  private static final int CANONICAL_NAN_F32 = 0x7FC00000;
  private static final long CANONICAL_NAN_F64 = 0x7FF8000000000000L;
  private static final int VOID_BLOCK = 0x40;
  private static final int F32 = 0x7D;
  private static final int F64 = 0x7C;

  private final ModuleShape shape;
  private final MeterIndices meter;
  private final int function;
  private final byte[] source;
  private final ByteReader reader;
  private final ByteWriter code;
  private final boolean isLarge;
  private final ModuleShape.FunctionType type;
  private final int localGroups;
  private final int localsFrom;
  private final int localsTo;
  private final FunctionMeter account;
  private final List<Segment> segments = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();

  private boolean hasCalls;
  private boolean hasNans;
  private boolean dead;
  private Segment segment = new Segment(0);
  private int height;
  private int heightMax;

  /** What is paid for at a position of the rewritten code. */
  private static final class Segment {
    final int position;
    int weight;

    Segment(int position) {
      this.position = position;
    }
  }

  /** A block, loop, if or the function itself, while its end has not come. */
  private static final class Frame {
    final int opcode;
    final int bottom;
    final int parameters;
    final int results;
    final boolean deadBefore;
    final Segment segmentBefore;

    /** Whether a branch goes to its end, for a loop to its head. */
    boolean targeted;

    /** Whether a branch inside goes to outside. */
    boolean left;

    /** Whether the first branch of an if comes to its end. */
    boolean firstBranchEnds;

    boolean hasElse;

    Frame(
        int opcode,
        int bottom,
        int parameters,
        int results,
        boolean deadBefore,
        Segment segmentBefore) {
      this.opcode = opcode;
      this.bottom = bottom;
      this.parameters = parameters;
      this.results = results;
      this.deadBefore = deadBefore;
      this.segmentBefore = segmentBefore;
    }
  }

  private FunctionRewriter(ModuleShape shape, MeterIndices meter, int function, boolean keepsSlots)
      throws InvalidProgram {
    this.shape = shape;
    this.meter = meter;
    this.function = function;
    ModuleShape.Range range = shape.bodies().get(function - shape.imports().size());
    this.source = shape.bytes();
    this.reader = new ByteReader(source, range.from(), range.to());
    this.isLarge = isLarge(shape, function);
    this.type = shape.typeOf(function);
    this.localGroups = reader.readCount();
    this.localsFrom = reader.position();
    this.account =
        new FunctionMeter(
            meter, declaredLocals(reader, localGroups, type, function), isLarge, keepsSlots);
    this.localsTo = reader.position();
    this.code = new ByteWriter(2 * (range.to() - range.from()) + 64);
    this.segments.add(segment);
  }

  /**
   * The rewritten code of a defined function, without its size.
   *
   * @param function its index, imported functions included
   * @param keepsSlots whether the module has a large function
   * @throws InvalidProgram when it is malformed, too large, or has an instruction that programs may
   *     not use
   */
  static ByteWriter rewrite(ModuleShape shape, MeterIndices meter, int function, boolean keepsSlots)
      throws InvalidProgram {
    return new FunctionRewriter(shape, meter, function, keepsSlots).rewrite();
  }

  /** Whether a defined function is large; its one way out gives at most one number. */
  static boolean isLarge(ModuleShape shape, int function) throws InvalidProgram {
    ModuleShape.Range range = shape.bodies().get(function - shape.imports().size());
    String results = shape.typeOf(function).results();
    return range.to() - range.from() > LARGE_BODY_BYTES
        && results.length() <= 1
        && !results.equals("r");
  }

  private ByteWriter rewrite() throws InvalidProgram {
    frames.push(new Frame(Instruction.BLOCK, 0, 0, type.results().length(), false, segment));
    while (!frames.isEmpty()) {
      rewriteInstruction();
    }
    if (reader.hasMore()) {
      throw reader.invalid("code after the end of function " + function);
    }

    ByteWriter out = new ByteWriter(code.length() + localsTo - localsFrom + 64);
    out.writeU32(localGroups + FunctionMeter.LOCAL_GROUPS + (hasNans ? 2 : 0));
    out.write(source, localsFrom, localsTo);
    account.writeLocals(out);
    if (hasNans) {
      out.writeU32(1).writeByte(F32);
      out.writeU32(1).writeByte(F64);
    }
    account.writePrologue(out, hasCalls, heightMax, type.results());
    writeWithPayments(out);
    return out;
  }

  private void writeWithPayments(ByteWriter out) {
    byte[] bytes = code.toArray();
    int written = 0;
    for (Segment paid : segments) {
      out.write(bytes, written, paid.position);
      written = paid.position;
      if (paid.weight > 0) {
        account.writePayment(out, paid.weight);
      }
    }
    out.write(bytes, written, bytes.length);
  }

  /** How many parameters and locals the function has. */
  private static int declaredLocals(
      ByteReader reader, int groups, ModuleShape.FunctionType type, int function)
      throws InvalidProgram {
    long declared = type.parameters().length();
    for (int i = 0; i < groups; i++) {
      declared += reader.readU32() & 0xFFFFFFFFL;
      require("locals of function " + function, declared, AdmissionLimits.LOCALS_MAX);
      ModuleReader.readValueType(reader);
    }
    return (int) declared;
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
        target(frames.size() - 1);
        if (isLarge) {
          code.writeByte(Instruction.BR).writeU32(frames.size() - 1);
        } else {
          writeExitState();
          copy(from);
        }
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
        if (!Instruction.forgetsNan(reader.peekByte())) {
          makeNanCanonical(instruction.nan());
        }
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
    copy(from);
    int bottom = Math.max(frames.getFirst().bottom, height - parameters);
    frames.push(new Frame(opcode, bottom, parameters, results, dead, segment));
    if (opcode != Instruction.BLOCK) {
      startSegment();
    }
  }

  private void enterElse() throws InvalidProgram {
    Frame frame = frames.getFirst();
    if (frame.opcode != Instruction.IF || frame.hasElse) {
      throw reader.invalid("else without if");
    }
    code.writeByte(Instruction.ELSE);
    frame.hasElse = true;
    frame.firstBranchEnds = !dead;
    dead = frame.deadBefore;
    height = frame.bottom + frame.parameters;
    startSegment();
  }

  private void leave() throws InvalidProgram {
    Frame frame = frames.pop();
    if (frames.isEmpty()) {
      writeExitState();
      account.writeEpilogue(code, hasCalls, heightMax);
      return;
    }
    code.writeByte(Instruction.END);
    boolean isIf = frame.opcode == Instruction.IF;
    boolean joins = isIf || (frame.targeted && frame.opcode == Instruction.BLOCK);
    boolean ends = !dead || (joins && frame.targeted);
    if (isIf) {
      ends |= !frame.hasElse || frame.firstBranchEnds;
    }
    dead = frame.deadBefore || !ends;
    height = frame.bottom;
    adjustHeight(0, frame.results);
    if (!frame.left) {
      segment = frame.segmentBefore;
    } else if (joins) {
      startSegment();
    }
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
      startSegment();
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
      if (depth == label) {
        frame.targeted |= !dead;
        break;
      }
      frame.left |= !dead;
      depth++;
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
      account.writeCallState(code);
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
      code.writeByte(Instruction.CALL).writeU32(payFunction);
      writeReload();
    }
  }

  private void writeExitState() {
    if (!dead) {
      account.writeExitState(code);
    }
  }

  private void writeReload() {
    if (!dead) {
      account.writeReload(code);
    }
  }

  private void makeNanCanonical(NanResult nan) {
    switch (nan) {
      case NEVER -> {}
      case F32 -> {
        writeNanTest(account.localsEnd(), Instruction.F32_NE);
        code.writeByte(Instruction.F32_CONST);
        writeLittleEndian(CANONICAL_NAN_F32, 4);
        writeNanChoice(account.localsEnd());
      }
      case F64 -> {
        writeNanTest(account.localsEnd() + 1, Instruction.F64_NE);
        code.writeByte(Instruction.F64_CONST);
        writeLittleEndian(CANONICAL_NAN_F64, 8);
        writeNanChoice(account.localsEnd() + 1);
      }
    }
  }

  private void writeNanTest(int local, int notEqual) {
    hasNans = true;
    code.writeByte(Instruction.LOCAL_TEE).writeU32(local);
    code.writeByte(Instruction.LOCAL_GET).writeU32(local);
    code.writeByte(notEqual);
    code.writeByte(Instruction.IF).writeByte(VOID_BLOCK);
  }

  private void writeNanChoice(int local) {
    code.writeByte(Instruction.LOCAL_SET).writeU32(local);
    code.writeByte(Instruction.END);
    code.writeByte(Instruction.LOCAL_GET).writeU32(local);
  }

  private void writeLittleEndian(long bits, int count) {
    for (int i = 0; i < count; i++) {
      code.writeByte((int) (bits >>> (8 * i)));
    }
  }

  private void pay(int weight) {
    if (!dead) {
      if (segment.weight + weight >= SEGMENT_WEIGHT_MAX) {
        startSegment();
      }
      segment.weight += weight;
    }
  }

  private void startSegment() {
    if (!dead) {
      segment = new Segment(code.length());
      segments.add(segment);
    }
  }

  private void copy(int from) {
    code.write(source, from, reader.position());
  }

  private void adjustHeight(int pops, int pushes) {
    height = Math.max(frames.getFirst().bottom, height - pops) + pushes;
    heightMax = Math.max(heightMax, height);
  }

  private void die() {
    dead = true;
    height = frames.getFirst().bottom;
  }
}
