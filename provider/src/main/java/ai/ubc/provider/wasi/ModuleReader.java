package ai.ubc.provider.wasi;

import static ai.ubc.provider.wasi.AdmissionLimits.require;

import ai.ubc.provider.wasi.ModuleShape.FunctionType;
import ai.ubc.provider.wasi.ModuleShape.Import;
import ai.ubc.provider.wasi.ModuleShape.Range;
import ai.ubc.provider.wasi.ModuleShape.Section;
import ai.ubc.provider.wasi.ModuleShape.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the parts of a module, refusing what is not on the list: only function types, imports of
 * functions, one memory of its own, constants as initial values. Every count is bounded before
 * anything is built from it. What this does not check (types of operands, indices), validation
 * does.
 */
final class ModuleReader {

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /** The order of sections 1 to 12: the data count (12) comes before the code (10). */
  private static final int[] RANK = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 10};

  private final byte[] bytes;
  private final List<Section> sections = new ArrayList<>();
  private final List<FunctionType> types = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<TableType> tables = new ArrayList<>();
  private final List<Range> bodies = new ArrayList<>();
  private int memoryPagesMin = -1;
  private int memoryPagesMax;
  private int globalCount;
  private int startFunction = -1;
  private final Map<String, Export> exports = new LinkedHashMap<>();

  /** What kind of thing is exported (0 function, 1 table, 2 memory, 3 global), and its index. */
  private record Export(int kind, int index) {}

  private ModuleReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The shape of a module.
   *
   * @throws InvalidProgram when it is malformed, too large, or uses what programs may not use
   */
  static ModuleShape read(byte[] bytes) throws InvalidProgram {
    return new ModuleReader(bytes).read();
  }

  private ModuleShape read() throws InvalidProgram {
    require("bytes", bytes.length, AdmissionLimits.MODULE_BYTES_MAX);
    if (bytes.length < HEADER.length) {
      throw new InvalidProgram("not a WebAssembly module");
    }
    for (int i = 0; i < HEADER.length; i++) {
      if (bytes[i] != HEADER[i]) {
        throw new InvalidProgram("not a WebAssembly module of version 1");
      }
    }
    ByteReader reader = new ByteReader(bytes, HEADER.length, bytes.length);
    int lastRank = 0;
    while (reader.hasMore()) {
      int id = reader.readByte();
      int size = reader.readCount();
      Range content = new Range(reader.position(), reader.position() + size);
      reader.skip(size);
      if (id == 0) {
        continue;
      }
      if (id >= RANK.length) {
        throw new InvalidProgram("section " + id + " is not allowed");
      }
      if (RANK[id] <= lastRank) {
        throw new InvalidProgram("section " + id + " is out of order");
      }
      lastRank = RANK[id];
      sections.add(new Section(id, content));
      ByteReader section = new ByteReader(bytes, content.from(), content.to());
      readSection(id, section);
      if (section.hasMore()) {
        throw section.invalid("section " + id + " is longer than its content");
      }
    }
    requireCommand();
    return new ModuleShape(
        bytes,
        List.copyOf(sections),
        List.copyOf(types),
        List.copyOf(imports),
        List.copyOf(functionTypes),
        List.copyOf(tables),
        memoryPagesMin,
        memoryPagesMax,
        globalCount,
        startFunction,
        List.copyOf(bodies));
  }

  private void requireCommand() throws InvalidProgram {
    if (bodies.size() != functionTypes.size() - imports.size()) {
      throw new InvalidProgram("functions without code, or code without functions");
    }
    requireFewTypes();
    for (Map.Entry<String, Export> export : exports.entrySet()) {
      requireThere(export.getKey(), export.getValue());
    }
    Export start = exports.get("_start");
    if (start == null || start.kind() != 0 || start.index() < imports.size()) {
      throw new InvalidProgram("the program does not export a function _start of its own");
    }
    if (!signatureOf(start.index()).equals(":")) {
      throw new InvalidProgram("_start takes parameters or returns results");
    }
    if (startFunction >= functionTypes.size()
        || (startFunction >= 0 && !signatureOf(startFunction).equals(":"))) {
      throw new InvalidProgram(
          "the start function takes parameters, returns results, or is missing");
    }
    if (!new Export(2, 0).equals(exports.get("memory"))) {
      throw new InvalidProgram("the program does not export its memory as \"memory\"");
    }
  }

  /**
   * The compiler compares each type with each function, and makes a switch over those that match.
   */
  private void requireFewTypes() throws InvalidProgram {
    Map<String, Integer> equalTypes = new HashMap<>();
    types.forEach(type -> equalTypes.merge(type.signature(), 1, Integer::sum));
    long ofTypes = 0;
    for (int type : functionTypes) {
      ofTypes += equalTypes.getOrDefault(types.get(type).signature(), 0);
    }
    require("functions of equal types", ofTypes, AdmissionLimits.FUNCTIONS_OF_TYPES_MAX);
    require(
        "pairs of a type and a function",
        (long) types.size() * functionTypes.size(),
        AdmissionLimits.TYPES_AND_FUNCTIONS_MAX);
  }

  private void requireThere(String name, Export export) throws InvalidProgram {
    int count =
        switch (export.kind()) {
          case 0 -> functionTypes.size();
          case 1 -> tables.size();
          case 2 -> memoryPagesMin < 0 ? 0 : 1;
          case 3 -> globalCount;
          default -> 0;
        };
    if (export.index() >= count) {
      throw new InvalidProgram("export " + name + " is of something that is not there");
    }
  }

  private String signatureOf(int function) {
    return types.get(functionTypes.get(function)).signature();
  }

  private void readSection(int id, ByteReader reader) throws InvalidProgram {
    switch (id) {
      case 1 -> readTypes(reader);
      case 2 -> readImports(reader);
      case 3 -> readFunctions(reader);
      case 4 -> readTables(reader);
      case 5 -> readMemory(reader);
      case 6 -> readGlobals(reader);
      case 7 -> readExports(reader);
      case 8 -> startFunction = reader.readIndex();
      case 9 -> readElements(reader);
      case 10 -> readCode(reader);
      case 11 -> readData(reader);
      case 12 -> reader.readIndex();
      default -> throw new IllegalStateException("section " + id + " has no rank");
    }
  }

  private static int readCount(ByteReader reader, String what, int most) throws InvalidProgram {
    int count = reader.readCount();
    require(what, count, most);
    return count;
  }

  private void readTypes(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "types", AdmissionLimits.TYPES_MAX);
    for (int i = 0; i < count; i++) {
      if (reader.readByte() != 0x60) {
        throw reader.invalid("a type that is not a function's");
      }
      String parameters = readValueTypes(reader, "parameters", AdmissionLimits.PARAMETERS_MAX);
      String results = readValueTypes(reader, "results", AdmissionLimits.RESULTS_MAX);
      types.add(new FunctionType(parameters, results));
    }
  }

  private static String readValueTypes(ByteReader reader, String what, int most)
      throws InvalidProgram {
    int count = readCount(reader, what, most);
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(readValueType(reader));
    }
    return text.toString();
  }

  /** One letter for a value type that programs may use. */
  static char readValueType(ByteReader reader) throws InvalidProgram {
    return switch (reader.readByte()) {
      case 0x7F -> 'i';
      case 0x7E -> 'I';
      case 0x7D -> 'f';
      case 0x7C -> 'F';
      case 0x70, 0x6F -> 'r';
      default -> throw reader.invalid("a value type that is not allowed");
    };
  }

  private void readImports(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "imports", AdmissionLimits.IMPORTS_MAX);
    for (int i = 0; i < count; i++) {
      String module = reader.readName();
      String name = reader.readName();
      if (reader.readByte() != 0) {
        throw new InvalidProgram("import " + module + '.' + name + " is not a function");
      }
      imports.add(new Import(module, name, readTypeIndex(reader)));
      functionTypes.add(imports.getLast().type());
    }
  }

  private int readTypeIndex(ByteReader reader) throws InvalidProgram {
    int type = reader.readIndex();
    if (type >= types.size()) {
      throw reader.invalid("there is no type " + type);
    }
    return type;
  }

  private void readFunctions(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "functions", AdmissionLimits.FUNCTIONS_MAX);
    for (int i = 0; i < count; i++) {
      functionTypes.add(readTypeIndex(reader));
    }
  }

  private void readTables(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "tables", AdmissionLimits.TABLES_MAX);
    for (int i = 0; i < count; i++) {
      int elementType = readReferenceType(reader);
      boolean bounded = readLimitsFlag(reader);
      int min = reader.readU32();
      require("elements of a table", min & 0xFFFFFFFFL, AdmissionLimits.TABLE_ELEMENTS_MAX);
      int max = AdmissionLimits.TABLE_ELEMENTS_MAX;
      if (bounded) {
        long declared = reader.readU32() & 0xFFFFFFFFL;
        if (declared < min) {
          throw reader.invalid("a table's least size is above its largest");
        }
        max = (int) Math.min(max, declared);
      }
      tables.add(new TableType(elementType, min, max));
    }
  }

  private static int readReferenceType(ByteReader reader) throws InvalidProgram {
    int type = reader.readByte();
    if (type != 0x70 && type != 0x6F) {
      throw reader.invalid("a reference type that is not allowed");
    }
    return type;
  }

  private static boolean readLimitsFlag(ByteReader reader) throws InvalidProgram {
    int flag = reader.readByte();
    if (flag > 1) {
      throw reader.invalid("shared or 64-bit limits are not allowed");
    }
    return flag == 1;
  }

  private void readMemory(ByteReader reader) throws InvalidProgram {
    if (reader.readCount() != 1) {
      throw reader.invalid("not exactly one memory");
    }
    boolean bounded = readLimitsFlag(reader);
    long min = reader.readU32() & 0xFFFFFFFFL;
    require("pages of memory", min, AdmissionLimits.MEMORY_PAGES_MAX);
    memoryPagesMin = (int) min;
    memoryPagesMax = AdmissionLimits.MEMORY_PAGES_MAX;
    if (bounded) {
      long declared = reader.readU32() & 0xFFFFFFFFL;
      if (declared < min || declared > 65_536) {
        throw reader.invalid("a memory's largest size is out of range");
      }
      memoryPagesMax = (int) Math.min(memoryPagesMax, declared);
    }
  }

  private void readGlobals(ByteReader reader) throws InvalidProgram {
    globalCount = readCount(reader, "globals", AdmissionLimits.GLOBALS_MAX);
    for (int i = 0; i < globalCount; i++) {
      readValueType(reader);
      if (reader.readByte() > 1) {
        throw reader.invalid("a global that is neither constant nor variable");
      }
      skipConstant(reader);
    }
  }

  private static void skipConstant(ByteReader reader) throws InvalidProgram {
    while (true) {
      switch (reader.readByte()) {
        case Instruction.I32_CONST -> reader.readSigned(32);
        case Instruction.I64_CONST -> reader.readSigned(64);
        case Instruction.F32_CONST -> reader.skip(4);
        case Instruction.F64_CONST -> reader.skip(8);
        case Instruction.GLOBAL_GET, 0xD2 -> reader.readIndex();
        case 0xD0 -> readReferenceType(reader);
        case Instruction.END -> {
          return;
        }
        default -> throw reader.invalid("an initial value that is not a constant");
      }
    }
  }

  private void readExports(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "exports", AdmissionLimits.EXPORTS_MAX);
    for (int i = 0; i < count; i++) {
      String name = reader.readName();
      int kind = reader.readByte();
      int index = reader.readIndex();
      if (exports.put(name, new Export(kind, index)) != null) {
        throw new InvalidProgram("two exports are named " + name);
      }
    }
  }

  private void readElements(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "element segments", AdmissionLimits.SEGMENTS_MAX);
    for (int i = 0; i < count; i++) {
      int flags = reader.readIndex();
      if (flags > 7) {
        throw reader.invalid("an element segment of unknown form");
      }
      boolean active = (flags & 1) == 0;
      boolean expressions = (flags & 4) != 0;
      if (active && (flags & 2) != 0) {
        reader.readIndex();
      }
      if (active) {
        skipConstant(reader);
      }
      if ((flags & 3) != 0) {
        if (expressions) {
          readReferenceType(reader);
        } else if (reader.readByte() != 0) {
          throw reader.invalid("elements of unknown kind");
        }
      }
      int elements = readCount(reader, "elements", AdmissionLimits.TABLE_ELEMENTS_MAX);
      for (int j = 0; j < elements; j++) {
        if (expressions) {
          skipConstant(reader);
        } else {
          reader.readIndex();
        }
      }
    }
  }

  private void readCode(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "functions", AdmissionLimits.FUNCTIONS_MAX);
    for (int i = 0; i < count; i++) {
      int size = readCount(reader, "bytes of a function", AdmissionLimits.FUNCTION_BYTES_MAX);
      bodies.add(new Range(reader.position(), reader.position() + size));
      reader.skip(size);
    }
  }

  private static void readData(ByteReader reader) throws InvalidProgram {
    int count = readCount(reader, "data segments", AdmissionLimits.SEGMENTS_MAX);
    for (int i = 0; i < count; i++) {
      int flags = reader.readIndex();
      if (flags > 2) {
        throw reader.invalid("a data segment of unknown form");
      }
      if (flags == 2) {
        reader.readIndex();
      }
      if (flags != 1) {
        skipConstant(reader);
      }
      reader.skip(reader.readCount());
    }
  }
}
