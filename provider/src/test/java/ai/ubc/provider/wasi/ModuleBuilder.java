package ai.ubc.provider.wasi;

import java.util.ArrayList;
import java.util.List;

/** Assembles small modules for tests, byte by byte. */
final class ModuleBuilder {

  private final List<ByteWriter> types = new ArrayList<>();
  private final List<ByteWriter> imports = new ArrayList<>();
  private final List<Integer> functions = new ArrayList<>();
  private final List<ByteWriter> tables = new ArrayList<>();
  private final List<ByteWriter> memories = new ArrayList<>();
  private final List<ByteWriter> globals = new ArrayList<>();
  private final List<ByteWriter> exports = new ArrayList<>();
  private final List<ByteWriter> elements = new ArrayList<>();
  private final List<ByteWriter> bodies = new ArrayList<>();
  private final List<ByteWriter> data = new ArrayList<>();
  private int start = -1;

  /** A module whose {@code _start} has this code, with one page of memory. */
  static byte[] ofStart(int... code) {
    return command().function(0, "", code).build();
  }

  /** Exports the first function of the module as {@code _start} and one page of memory. */
  static ModuleBuilder command() {
    return new ModuleBuilder()
        .type("", "")
        .memory(0, 1)
        .export("_start", 0, 0)
        .export("memory", 2, 0);
  }

  static ByteWriter bytes(int... bytes) {
    ByteWriter out = new ByteWriter(bytes.length);
    for (int b : bytes) {
      out.writeByte(b);
    }
    return out;
  }

  private static int valueType(int letter) {
    return switch (letter) {
      case 'i' -> 0x7F;
      case 'I' -> 0x7E;
      case 'f' -> 0x7D;
      case 'F' -> 0x7C;
      case 'r' -> 0x70;
      case 'v' -> 0x7B;
      default -> throw new IllegalArgumentException("no type " + letter);
    };
  }

  private static ByteWriter valueTypes(String letters) {
    ByteWriter out = new ByteWriter(16).writeU32(letters.length());
    letters.chars().forEach(letter -> out.writeByte(valueType(letter)));
    return out;
  }

  private static ByteWriter name(String name) {
    return new ByteWriter(16).writeU32(name.length()).write(ascii(name), 0, name.length());
  }

  private static byte[] ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  ModuleBuilder type(String parameters, String results) {
    types.add(bytes(0x60).write(valueTypes(parameters)).write(valueTypes(results)));
    return this;
  }

  ModuleBuilder importFunction(String module, String name, int type) {
    imports.add(
        new ByteWriter(16).write(name(module)).write(name(name)).writeByte(0).writeU32(type));
    return this;
  }

  ModuleBuilder importMemory(String module, String name) {
    imports.add(new ByteWriter(16).write(name(module)).write(name(name)).write(bytes(2, 0, 1)));
    return this;
  }

  /** A function; locals as letters, and its code without the last {@code end}. */
  ModuleBuilder function(int type, String locals, int... code) {
    functions.add(type);
    ByteWriter body = new ByteWriter(16).writeU32(locals.length());
    locals.chars().forEach(letter -> body.writeU32(1).writeByte(valueType(letter)));
    body.write(bytes(code)).writeByte(Instruction.END);
    bodies.add(new ByteWriter(16).writeU32(body.length()).write(body));
    return this;
  }

  ModuleBuilder table(int min, int max) {
    tables.add(bytes(0x70, 1).writeU32(min).writeU32(max));
    return this;
  }

  ModuleBuilder memory(int flag, int min) {
    memories.add(bytes(flag).writeU32(min));
    return this;
  }

  ModuleBuilder boundedMemory(int min, int max) {
    memories.clear();
    memories.add(bytes(1).writeU32(min).writeU32(max));
    return this;
  }

  /** A variable of type i32. */
  ModuleBuilder global(int value) {
    globals.add(
        bytes(0x7F, 1, Instruction.I32_CONST).writeSigned(value).writeByte(Instruction.END));
    return this;
  }

  ModuleBuilder rawGlobal(int... definition) {
    globals.add(bytes(definition));
    return this;
  }

  ModuleBuilder export(String name, int kind, int index) {
    exports.add(new ByteWriter(16).write(name(name)).writeByte(kind).writeU32(index));
    return this;
  }

  ModuleBuilder start(int function) {
    start = function;
    return this;
  }

  /** Elements of the first table from an offset on. */
  ModuleBuilder elements(int offset, int... indices) {
    ByteWriter out = bytes(0, Instruction.I32_CONST).writeSigned(offset).writeByte(Instruction.END);
    out.writeU32(indices.length);
    for (int index : indices) {
      out.writeU32(index);
    }
    elements.add(out);
    return this;
  }

  /** Functions that {@code table.init} may copy from. */
  ModuleBuilder passiveElements(int... indices) {
    ByteWriter out = bytes(1, 0).writeU32(indices.length);
    for (int index : indices) {
      out.writeU32(index);
    }
    elements.add(out);
    return this;
  }

  ModuleBuilder data(int offset, String text) {
    data.add(
        bytes(0, Instruction.I32_CONST)
            .writeSigned(offset)
            .writeByte(Instruction.END)
            .write(name(text)));
    return this;
  }

  ModuleBuilder passiveData(String text) {
    data.add(bytes(1).write(name(text)));
    return this;
  }

  byte[] build() {
    ByteWriter out = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    section(out, 1, types);
    section(out, 2, imports);
    section(out, 3, functions.stream().map(type -> new ByteWriter(4).writeU32(type)).toList());
    section(out, 4, tables);
    section(out, 5, memories);
    section(out, 6, globals);
    section(out, 7, exports);
    if (start >= 0) {
      out.writeByte(8).writeU32(1).writeU32(start);
    }
    section(out, 9, elements);
    if (!data.isEmpty()) {
      out.writeByte(12).writeU32(1).writeU32(data.size());
    }
    section(out, 10, bodies);
    section(out, 11, data);
    return out.toArray();
  }

  private static void section(ByteWriter out, int id, List<ByteWriter> entries) {
    if (!entries.isEmpty()) {
      ByteWriter content = new ByteWriter(64).writeU32(entries.size());
      entries.forEach(content::write);
      out.writeByte(id).writeU32(content.length()).write(content);
    }
  }
}
