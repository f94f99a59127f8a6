package ai.ubc.provider.wasi;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes valid programs from seeds: the same seed, the same module. They use every kind of
 * instruction that admission allows, mostly run for a while, and print what they computed; some
 * trap, exhaust their units or nest calls too deep.
 */
final class ModuleGenerator extends ValueGenerator {

  private static final int FD_WRITE = 0;
  private static final int RANDOM_GET = 1;
  private static final int CLOCK_TIME_GET = 2;
  private static final int IMPORTS = 3;
  private static final int FIRST_TYPE = 4;
  private static final int TABLE_SIZE = 12;
  private static final int COUNTERS = 5;
  private static final int LARGE_IN = 25;
  private static final int LARGE_BYTES = 8_500;
  private static final int LOCALS_OF_A_TYPE = 3;
  private static final String DATA = "The quick brown fox jumps over the lazy dog.";

  private final List<String> parametersOfTypes = new ArrayList<>(List.of("", "iiii", "ii", "iIi"));
  private final List<String> resultsOfTypes = new ArrayList<>(List.of("", "i", "i", "i"));
  private final List<Integer> typesOfFunctions = new ArrayList<>();
  private String results = "";
  private int firstCounter;
  private int counters;
  private int function;

  private ModuleGenerator(long seed) {
    super(seed);
  }

  /** The program of a seed. */
  static byte[] module(long seed) {
    return new ModuleGenerator(seed).module();
  }

  private byte[] module() {
    ModuleBuilder builder = new ModuleBuilder();
    int types = random.nextInt(2, 6);
    for (int i = 0; i < types; i++) {
      parametersOfTypes.add(randomTypes(4));
      resultsOfTypes.add(randomTypes(3));
    }
    for (int i = 0; i < parametersOfTypes.size(); i++) {
      builder.type(parametersOfTypes.get(i), resultsOfTypes.get(i));
    }
    builder.importFunction(SystemCalls.MODULE, "fd_write", 1);
    builder.importFunction(SystemCalls.MODULE, "random_get", 2);
    builder.importFunction(SystemCalls.MODULE, "clock_time_get", 3);
    typesOfFunctions.addAll(List.of(1, 2, 3, 0));
    int functions = random.nextInt(2, 7);
    for (int i = 0; i < functions; i++) {
      typesOfFunctions.add(random.nextInt(FIRST_TYPE, parametersOfTypes.size()));
    }
    builder.table(TABLE_SIZE, random.nextBoolean() ? TABLE_SIZE : 2 * TABLE_SIZE);
    int pages = random.nextInt(1, 3);
    builder.boundedMemory(pages, pages + random.nextInt(4));
    for (int number = 0; number < NUMBERS.length(); number++) {
      for (int i = 0; i < GLOBALS_OF_A_TYPE; i++) {
        code = new ByteWriter(16).writeByte(0x7F - number).writeByte(1);
        constant(NUMBERS.charAt(number));
        builder.rawGlobal(ints(code.writeByte(Instruction.END)));
      }
    }
    builder.export("_start", 0, IMPORTS).export("memory", 2, 0);
    builder.elements(1, indices(random.nextInt(3, TABLE_SIZE)));
    builder.passiveElements(indices(4));
    builder.data(random.nextInt(1, 60_000), DATA).passiveData(DATA);
    for (function = IMPORTS; function < typesOfFunctions.size(); function++) {
      writeFunction(builder);
    }
    return builder.build();
  }

  private String randomTypes(int bound) {
    StringBuilder types = new StringBuilder();
    int count = random.nextInt(bound);
    for (int i = 0; i < count; i++) {
      types.append(randomType());
    }
    return types.toString();
  }

  private int[] indices(int count) {
    return random.ints(count, IMPORTS + 1, typesOfFunctions.size()).toArray();
  }

  private static int[] ints(ByteWriter writer) {
    byte[] bytes = writer.toArray();
    int[] ints = new int[bytes.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }

  private void writeFunction(ModuleBuilder builder) {
    int type = typesOfFunctions.get(function);
    String parameters = parametersOfTypes.get(type);
    results = resultsOfTypes.get(type);
    String declared =
        "i".repeat(LOCALS_OF_A_TYPE)
            + "I".repeat(LOCALS_OF_A_TYPE)
            + "f".repeat(LOCALS_OF_A_TYPE)
            + "F".repeat(LOCALS_OF_A_TYPE);
    locals = parameters + declared;
    firstCounter = locals.length();
    counters = 0;
    code = new ByteWriter(256);
    labels.clear();
    labels.add(results);
    statements(3);
    if (random.nextInt(LARGE_IN) == 0) {
      enlarge();
    }
    if (function == IMPORTS) {
      dumpGlobals();
      dump(2_048);
    }
    values(results);
    builder.function(type, declared + "i".repeat(COUNTERS), ints(code));
  }

  /** Makes it a large function, which is metered in another form; most of it is skipped. */
  private void enlarge() {
    value('i', 1);
    code.writeByte(0x41).writeSigned(7).writeByte(0x71).writeByte(0x45).writeByte(0x04);
    code.writeByte(0x40);
    labels.addFirst("");
    int from = code.length();
    while (code.length() - from < LARGE_BYTES) {
      statement(1);
    }
    close();
  }

  private void statements(int depth) {
    int count = random.nextInt(2, 6);
    for (int i = 0; i < count; i++) {
      statement(depth);
    }
  }

  private void statement(int depth) {
    int choice = random.nextInt(depth > 0 ? 22 : 13);
    switch (choice) {
      case 0, 1, 2 -> {
        int local = random.nextInt(locals.length());
        value(locals.charAt(local), 3);
        if (random.nextBoolean()) {
          code.writeByte(0x21).writeU32(local);
        } else {
          code.writeByte(0x22).writeU32(local).writeByte(0x1A);
        }
      }
      case 3, 4 -> {
        char type = randomType();
        value(type, 3);
        code.writeByte(Instruction.GLOBAL_SET).writeU32(global(type));
      }
      case 5, 6 -> store();
      case 7 -> call(depth);
      case 8 -> bulk();
      case 9 -> table();
      case 10 -> systemCall();
      case 11 -> rare();
      case 12 -> branch();
      case 13, 14 -> {
        open(0x04, "");
        statements(depth - 1);
        if (random.nextBoolean()) {
          code.writeByte(0x05);
          statements(depth - 1);
        }
        close();
      }
      case 15, 16 -> {
        open(0x02, "");
        statements(depth - 1);
        close();
      }
      case 17 -> switchOf(depth);
      case 18 -> blockOfType(depth);
      default -> loop(depth);
    }
  }

  private void loop(int depth) {
    if (counters == COUNTERS) {
      return;
    }
    int counter = firstCounter + counters++;
    code.writeByte(0x41).writeSigned(random.nextInt(1, 12)).writeByte(0x21).writeU32(counter);
    code.writeByte(0x03).writeByte(0x40);
    labels.addFirst("loop");
    statements(depth - 1);
    code.writeByte(0x20).writeU32(counter).writeByte(0x41).writeSigned(1).writeByte(0x6B);
    code.writeByte(0x22).writeU32(counter).writeByte(0x0D).writeU32(0);
    close();
    // The loop may be inside another: its counter is free again, and starts anew each time.
    counters--;
  }

  private void switchOf(int depth) {
    int cases = random.nextInt(1, 4);
    for (int i = 0; i <= cases; i++) {
      open(0x02, "");
    }
    value('i', 2);
    code.writeByte(0x41).writeSigned(3).writeByte(0x71).writeByte(0x0E).writeU32(cases);
    for (int i = 0; i <= cases; i++) {
      code.writeU32(random.nextInt(cases + 1));
    }
    close();
    for (int i = 0; i < cases; i++) {
      statement(depth - 1);
      close();
    }
  }

  /** A block with parameters and several results. */
  private void blockOfType(int depth) {
    int type = random.nextInt(FIRST_TYPE, parametersOfTypes.size());
    values(parametersOfTypes.get(type));
    code.writeByte(0x02).writeSigned(type);
    labels.addFirst(resultsOfTypes.get(type));
    drop(parametersOfTypes.get(type));
    statement(depth - 1);
    values(resultsOfTypes.get(type));
    close();
    drop(resultsOfTypes.get(type));
  }

  private void branch() {
    int label = random.nextInt(labels.size());
    String types = labels.get(label);
    if (types.equals("loop")) {
      return;
    }
    if (random.nextInt(4) == 0) {
      // What follows the branch is never executed, but has to be valid.
      open(0x04, "");
      values(types);
      code.writeByte(0x0C).writeU32(label + 1);
      statement(0);
      close();
    } else {
      values(types);
      value('i', 1);
      code.writeByte(0x0D).writeU32(label);
      drop(types);
    }
  }

  private void rare() {
    switch (random.nextInt(6)) {
      case 0 -> {
        constant('i');
        code.writeByte(0x45).writeByte(0x04).writeByte(0x40).writeByte(0x00).writeByte(0x0B);
      }
      case 1 -> {
        value('i', 1);
        code.writeByte(0x45).writeByte(0x04).writeByte(0x40);
        values(results);
        code.writeByte(0x0F).writeByte(0x0B);
      }
      case 2 -> code.writeByte(0x01);
      case 3 -> code.writeByte(0xFC).writeU32(9).writeU32(1);
      default -> {
        code.writeByte(0x41).writeSigned(random.nextInt(3)).writeByte(0x40).writeByte(0);
        code.writeByte(0x1A);
      }
    }
  }

  private void call(int depth) {
    boolean direct = random.nextInt(3) > 0;
    if (direct && function + 1 < typesOfFunctions.size()) {
      int callee = random.nextInt(function + 1, typesOfFunctions.size());
      int type = typesOfFunctions.get(callee);
      values(parametersOfTypes.get(type));
      code.writeByte(0x10).writeU32(callee);
      drop(resultsOfTypes.get(type));
    } else if (!direct && depth < 2) {
      int type = random.nextInt(FIRST_TYPE, parametersOfTypes.size());
      values(parametersOfTypes.get(type));
      code.writeByte(0x41).writeSigned(random.nextInt(1, TABLE_SIZE / 2));
      code.writeByte(0x11).writeU32(type).writeU32(0);
      drop(resultsOfTypes.get(type));
    }
  }

  private void bulk() {
    address();
    switch (random.nextInt(3)) {
      case 0 -> {
        value('i', 1);
        smallLength();
        code.writeByte(0xFC).writeU32(11).writeByte(0);
      }
      case 1 -> {
        address();
        smallLength();
        code.writeByte(0xFC).writeU32(10).writeByte(0).writeByte(0);
      }
      default -> {
        code.writeByte(0x41).writeSigned(random.nextInt(10));
        code.writeByte(0x41).writeSigned(random.nextInt(30));
        code.writeByte(0xFC).writeU32(8).writeU32(1).writeByte(0);
      }
    }
  }

  private void smallLength() {
    value('i', 1);
    code.writeByte(0x41).writeSigned(0x1FF).writeByte(0x71);
  }

  private void table() {
    switch (random.nextInt(5)) {
      case 0 -> {
        code.writeByte(0x41).writeSigned(random.nextInt(TABLE_SIZE)).writeByte(0x41);
        code.writeSigned(random.nextInt(TABLE_SIZE)).writeByte(0x25).writeU32(0);
        code.writeByte(0x26).writeU32(0);
      }
      case 1 -> {
        code.writeByte(0xD0).writeByte(0x70).writeByte(0x41).writeSigned(random.nextInt(4));
        code.writeByte(0xFC).writeU32(15).writeU32(0).writeByte(0x1A);
      }
      case 2 -> {
        code.writeByte(0x41).writeSigned(random.nextInt(4)).writeByte(0x41);
        code.writeSigned(random.nextInt(4)).writeByte(0x41).writeSigned(random.nextInt(6));
        code.writeByte(0xFC).writeU32(14).writeU32(0).writeU32(0);
      }
      case 3 -> {
        code.writeByte(0x41).writeSigned(random.nextInt(6)).writeByte(0x41);
        code.writeSigned(random.nextInt(2)).writeByte(0x41).writeSigned(2);
        code.writeByte(0xFC).writeU32(12).writeU32(1).writeU32(0);
      }
      default -> {
        code.writeByte(0xFC).writeU32(16).writeU32(0);
        code.writeByte(Instruction.GLOBAL_SET).writeU32(global('i'));
      }
    }
  }

  private void systemCall() {
    switch (random.nextInt(3)) {
      case 0 -> {
        code.writeByte(0x41).writeSigned(random.nextInt(60_000)).writeByte(0x41);
        code.writeSigned(random.nextInt(64)).writeByte(0x10).writeU32(RANDOM_GET);
        code.writeByte(0x1A);
      }
      case 1 -> {
        code.writeByte(0x41).writeSigned(1).writeByte(0x42).writeSigned(1).writeByte(0x41);
        code.writeSigned(random.nextInt(60_000)).writeByte(0x10).writeU32(CLOCK_TIME_GET);
        code.writeByte(0x1A);
      }
      default -> dump(random.nextInt(64));
    }
  }

  /** Writes a part of memory to standard output. */
  private void dump(int length) {
    int at = random.nextInt(60_000);
    int vector = 64_000;
    code.writeByte(0x41).writeSigned(vector).writeByte(0x41).writeSigned(at);
    code.writeByte(0x36).writeU32(0).writeU32(0);
    code.writeByte(0x41).writeSigned(vector).writeByte(0x41).writeSigned(length);
    code.writeByte(0x36).writeU32(0).writeU32(4);
    code.writeByte(0x41).writeSigned(1).writeByte(0x41).writeSigned(vector);
    code.writeByte(0x41).writeSigned(1).writeByte(0x41).writeSigned(vector + 8);
    code.writeByte(0x10).writeU32(FD_WRITE).writeByte(0x1A);
  }

  private void dumpGlobals() {
    for (int number = 0; number < NUMBERS.length(); number++) {
      for (int i = 0; i < GLOBALS_OF_A_TYPE; i++) {
        int index = number * GLOBALS_OF_A_TYPE + i;
        code.writeByte(0x41).writeSigned(8L * index).writeByte(0x23).writeU32(index);
        code.writeByte(0x36 + number).writeU32(0).writeU32(0);
      }
    }
    code.writeByte(0x41).writeSigned(64).writeByte(0x41).writeSigned(0);
    code.writeByte(0x36).writeU32(0).writeU32(0);
    code.writeByte(0x41).writeSigned(68).writeByte(0x41).writeSigned(64);
    code.writeByte(0x36).writeU32(0).writeU32(0);
    code.writeByte(0x41).writeSigned(1).writeByte(0x41).writeSigned(64).writeByte(0x41);
    code.writeSigned(1).writeByte(0x41).writeSigned(72).writeByte(0x10).writeU32(FD_WRITE);
    code.writeByte(0x1A);
  }

  private void address() {
    value('i', 1);
    if (random.nextInt(60) > 0) {
      code.writeByte(0x41).writeSigned(0xEFFF).writeByte(0x71);
    }
  }

  private void store() {
    int[] opcodes = {0x36, 0x3A, 0x3B, 0x37, 0x3C, 0x3D, 0x3E, 0x38, 0x39, 0x38, 0x39};
    int opcode = opcodes[random.nextInt(opcodes.length)];
    char type =
        switch (opcode) {
          case 0x36, 0x3A, 0x3B -> 'i';
          case 0x38 -> 'f';
          case 0x39 -> 'F';
          default -> 'I';
        };
    address();
    value(type, 3);
    code.writeByte(opcode).writeU32(0).writeU32(random.nextInt(3_000));
  }

  private void drop(String types) {
    types.chars().forEach(_ -> code.writeByte(0x1A));
  }
}
