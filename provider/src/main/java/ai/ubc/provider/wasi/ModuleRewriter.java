package ai.ubc.provider.wasi;

import ai.ubc.provider.wasi.ModuleShape.Section;
import ai.ubc.provider.wasi.ModuleShape.TableType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metered form of a module: the same sections, with the functions rewritten and what
 * {@link MeterIndices} names added. Custom sections and the start section are left out; the runtime
 * calls the start function itself.
 */
final class ModuleRewriter {

  private static final int TYPES = 1;
  private static final int FUNCTIONS = 3;
  private static final int TABLES = 4;
  private static final int GLOBALS = 6;
  private static final int EXPORTS = 7;
  private static final int START = 8;
  private static final int CODE = 10;
  private static final int MEMORIES = 5;
  private static final int IMPORTS = 2;
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;
  private static final int FUNCREF = 0x70;

  private final ModuleShape shape;
  private final MeterIndices meter;

  private ModuleRewriter(ModuleShape shape) {
    this.shape = shape;
    this.meter = indicesOf(shape);
  }

  /** Where the added parts of a module's metered form are. */
  static MeterIndices indicesOf(ModuleShape shape) {
    return new MeterIndices(
        shape.globalCount(),
        shape.functionTypes().size(),
        shape.types().size(),
        shape.tables().size());
  }

  /**
   * The metered form of a module.
   *
   * @throws InvalidProgram when a function is malformed, too large, or has an instruction that
   *     programs may not use
   */
  static byte[] rewrite(ModuleShape shape) throws InvalidProgram {
    return new ModuleRewriter(shape).rewrite();
  }

  private byte[] rewrite() throws InvalidProgram {
    ByteWriter out = new ByteWriter(2 * shape.bytes().length);
    out.write(shape.bytes(), 0, 8);
    boolean tablesWritten = false;
    boolean globalsWritten = false;
    for (Section section : shape.sections()) {
      // The section of tables may be missing too; that of the memory comes after it.
      if (!tablesWritten && section.id() >= MEMORIES) {
        writeSection(out, TABLES, tables());
        tablesWritten = true;
      }
      // The section of globals may be missing; the first one that must come after it is that of
      // exports.
      if (!globalsWritten && section.id() >= EXPORTS) {
        writeSection(out, GLOBALS, globals(null));
        globalsWritten = true;
      }
      switch (section.id()) {
        case TYPES -> writeSection(out, TYPES, types(section));
        case FUNCTIONS -> writeSection(out, FUNCTIONS, functions(section));
        case TABLES -> {
          writeSection(out, TABLES, tables());
          tablesWritten = true;
        }
        case GLOBALS -> {
          writeSection(out, GLOBALS, globals(section));
          globalsWritten = true;
        }
        case START -> {}
        case CODE -> writeSection(out, CODE, code());
        default -> writeSection(out, section.id(), counted(section, 0));
      }
    }
    return out.toArray();
  }

  /**
   * A module that imports the host's function for marks and nothing else. The engine compares the
   * types of a call by their indices, so it has the types of the metered module.
   */
  static byte[] marks(ModuleShape shape) throws InvalidProgram {
    ModuleRewriter rewriter = new ModuleRewriter(shape);
    ByteWriter out = new ByteWriter(256).write(shape.bytes(), 0, 8);
    for (Section section : shape.sections()) {
      if (section.id() == TYPES) {
        writeSection(out, TYPES, rewriter.types(section));
      }
    }
    byte[] names = {1, 3, 'u', 'b', 'c', 4, 'm', 'a', 'r', 'k', 0};
    ByteWriter imports = new ByteWriter(16).write(names, 0, names.length);
    writeSection(out, IMPORTS, imports.writeU32(rewriter.meter.emptyType()));
    return out.toArray();
  }

  private static void writeSection(ByteWriter out, int id, ByteWriter content) {
    out.writeByte(id).writeU32(content.length()).write(content);
  }

  /** A section's content with its leading count raised. */
  private ByteWriter counted(Section section, int more) throws InvalidProgram {
    ByteReader reader =
        new ByteReader(shape.bytes(), section.content().from(), section.content().to());
    int count = reader.readIndex();
    ByteWriter out = new ByteWriter(reader.remaining() + 64);
    return out.writeU32(count + more)
        .write(shape.bytes(), reader.position(), section.content().to());
  }

  private ByteWriter types(Section section) throws InvalidProgram {
    ByteWriter out = counted(section, MeterIndices.TYPES);
    out.writeByte(0x60).writeU32(1).writeByte(I32).writeU32(1).writeByte(I32);
    out.writeByte(0x60).writeU32(0).writeU32(0);
    return out.writeByte(0x60).writeU32(1).writeByte(I32).writeU32(0);
  }

  private ByteWriter functions(Section section) throws InvalidProgram {
    ByteWriter out = counted(section, MeterIndices.FUNCTIONS);
    for (int i = 0; i < 3; i++) {
      out.writeU32(meter.numberType());
    }
    return out.writeU32(meter.emptyType()).writeU32(meter.paymentType());
  }

  private ByteWriter tables() {
    ByteWriter out = new ByteWriter(64).writeU32(shape.tables().size() + 1);
    for (TableType table : shape.tables()) {
      out.writeByte(table.elementType()).writeByte(1).writeU32(table.min()).writeU32(table.max());
    }
    return out.writeByte(FUNCREF).writeByte(1).writeU32(1).writeU32(1);
  }

  private ByteWriter globals(@Nullable Section section) throws InvalidProgram {
    ByteWriter out =
        section == null
            ? new ByteWriter(32).writeU32(MeterIndices.GLOBALS)
            : counted(section, MeterIndices.GLOBALS);
    for (int type : new int[] {I64, I64, I32, I64}) {
      out.writeByte(type).writeByte(1);
      out.writeByte(type == I64 ? Instruction.I64_CONST : Instruction.I32_CONST).writeSigned(0);
      out.writeByte(Instruction.END);
    }
    return out;
  }

  private ByteWriter code() throws InvalidProgram {
    int imported = shape.imports().size();
    int defined = shape.bodies().size();
    ByteWriter out = new ByteWriter(2 * shape.bytes().length);
    out.writeU32(defined + MeterIndices.FUNCTIONS);
    boolean hasLarge = false;
    for (int i = 0; i < defined; i++) {
      hasLarge |= FunctionRewriter.isLarge(shape, imported + i);
    }
    for (int i = 0; i < defined; i++) {
      writeBody(out, FunctionRewriter.rewrite(shape, meter, imported + i, hasLarge));
    }
    MeterFunctions added = new MeterFunctions(meter);
    writeBody(out, added.refill());
    writeBody(out, added.payPages());
    writeBody(out, added.payBulk());
    writeBody(out, added.tooDeep());
    writeBody(out, added.pay());
    return out;
  }

  private static void writeBody(ByteWriter out, ByteWriter body) {
    out.writeU32(body.length()).write(body);
  }
}
