package ai.ubc.provider.wasi;

import java.util.List;

/**
 * Where the parts of a module are, and as much of their content as rewriting needs.
 *
 * @param bytes the module
 * @param sections in the order of the module, custom ones left out
 * @param types the function types
 * @param imports the imported functions, which come first in the index space
 * @param functionTypes the type index of each function, imported ones included
 * @param tables the tables
 * @param memoryPagesMin pages that the memory starts with
 * @param memoryPagesMax pages that the memory may grow to, by its own declaration
 * @param globalCount how many globals there are
 * @param startFunction the index of the start section's function, or -1
 * @param bodies where the code of each defined function is, without its size
 */
@SuppressWarnings("ArrayRecordComponent") // compared and hashed by nobody, and too large to copy
record ModuleShape(
    byte[] bytes,
    List<Section> sections,
    List<FunctionType> types,
    List<Import> imports,
    List<Integer> functionTypes,
    List<TableType> tables,
    int memoryPagesMin,
    int memoryPagesMax,
    int globalCount,
    int startFunction,
    List<Range> bodies) {

  /** {@code bytes[from, to)}. */
  record Range(int from, int to) {}

  /** A section's number and content. */
  record Section(int id, Range content) {}

  /**
   * A function type; parameters and results are written as {@code i}, {@code I}, {@code f}, {@code
   * F}, {@code r}.
   */
  record FunctionType(String parameters, String results) {
    /** Both, as in {@code iI:i}. */
    String signature() {
      return parameters + ':' + results;
    }
  }

  /** An imported function. */
  record Import(String module, String name, int type) {
    @Override
    public String toString() {
      return module + '.' + name;
    }
  }

  /** A table's element type (as its byte in the binary format) and sizes. */
  record TableType(int elementType, int min, int max) {}

  /** Units of compiling it. */
  long compilationUnits() {
    return Meter.compilationUnits(types.size(), functionTypes.size());
  }

  /** The type of a function. */
  FunctionType typeOf(int function) throws InvalidProgram {
    if (function >= functionTypes.size()) {
      throw new InvalidProgram("there is no function " + function);
    }
    return type(functionTypes.get(function));
  }

  /** A type by its index. */
  FunctionType type(int index) throws InvalidProgram {
    if (index >= types.size()) {
      throw new InvalidProgram("there is no type " + index);
    }
    return types.get(index);
  }
}
