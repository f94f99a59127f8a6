package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Outcome;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;

/** Metering against a count of executed instructions, on programs of random control flow. */
class RandomProgramsTest {

  private static final int FUNCTIONS = 4;
  private static final int COUNTERS = 6;
  private static final int PROGRAMS = 60;

  @Test
  void meteredUnitsAreTheWeightsOfTheInstructionsThatWereExecuted() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      byte[] module = new Generator(seed).module();
      ItemResult result = Runs.item(module);
      AtomicLong weights = new AtomicLong();
      Instance unmetered =
          Instance.builder(Parser.parse(module))
              .withStart(false)
              .withUnsafeExecutionListener((instruction, _) ->
                  weights.addAndGet(MeteringTest.weightOf(instruction.opcode())))
              .build();
      unmetered.export("_start").apply();
      assertThat(result.outcome()).as("seed %d", seed).isEqualTo(new Outcome.Exit(0));
      assertThat(result.units())
          .as("seed %d", seed)
          .isEqualTo(Meter.ITEM + Meter.PAGE + weights.get());
    }
  }

  /**
   * Makes functions that call only later ones, and loops that count down, so that every program
   * ends. Local 0 is mixed by what runs and decides the branches.
   */
  private static final class Generator {
    private final SplittableRandom random;
    private ByteWriter code = new ByteWriter(64);
    private int function;
    private int counters;

    Generator(long seed) {
      random = new SplittableRandom(seed);
    }

    byte[] module() {
      ModuleBuilder builder = ModuleBuilder.command();
      for (function = 0; function < FUNCTIONS; function++) {
        code = new ByteWriter(64);
        counters = 0;
        statements(1, 3);
        byte[] bytes = code.toArray();
        int[] ints = new int[bytes.length];
        for (int i = 0; i < ints.length; i++) {
          ints[i] = bytes[i];
        }
        builder.function(0, "i".repeat(1 + COUNTERS), ints);
      }
      return builder.build();
    }

    /** Statements inside so many labels, nested to at most a depth. */
    private void statements(int labels, int depth) {
      int count = random.nextInt(1, 5);
      for (int i = 0; i < count; i++) {
        statement(labels, depth);
      }
    }

    private void statement(int labels, int depth) {
      int choice = random.nextInt(depth > 0 ? 10 : 6);
      switch (choice) {
        case 0, 1 -> mix();
        case 2 -> condition().writeByte(0x0D).writeU32(random.nextInt(labels));
        case 3 -> branchTable(labels);
        case 4 -> {
          if (function + 1 < FUNCTIONS) {
            code.writeByte(0x10).writeU32(random.nextInt(function + 1, FUNCTIONS));
          }
        }
        case 5 -> {
          condition().writeByte(0x04).writeByte(0x40);
          code.writeByte(random.nextBoolean() ? 0x0F : 0x0C);
          if (code.toArray()[code.length() - 1] == 0x0C) {
            code.writeU32(random.nextInt(labels + 1));
          }
          mix();
          code.writeByte(0x0B);
        }
        case 6, 7 -> {
          code.writeByte(0x02).writeByte(0x40);
          statements(labels + 1, depth - 1);
          code.writeByte(0x0B);
        }
        case 8 -> {
          condition().writeByte(0x04).writeByte(0x40);
          statements(labels + 1, depth - 1);
          if (random.nextBoolean()) {
            code.writeByte(0x05);
            statements(labels + 1, depth - 1);
          }
          code.writeByte(0x0B);
        }
        default -> loop(depth);
      }
    }

    /** A loop that nothing inside branches to the head of, except its own count. */
    private void loop(int depth) {
      if (counters == COUNTERS) {
        return;
      }
      int counter = ++counters;
      code.writeByte(0x41).writeSigned(random.nextInt(1, 6)).writeByte(0x21).writeU32(counter);
      code.writeByte(0x03).writeByte(0x40).writeByte(0x02).writeByte(0x40);
      statements(1, depth - 1);
      code.writeByte(0x0B);
      code.writeByte(0x20).writeU32(counter).writeByte(0x41).writeSigned(1).writeByte(0x6B);
      code.writeByte(0x22).writeU32(counter).writeByte(0x0D).writeU32(0).writeByte(0x0B);
    }

    private void branchTable(int labels) {
      code.writeByte(0x02).writeByte(0x40);
      code.writeByte(0x20).writeU32(0).writeByte(0x41).writeSigned(3).writeByte(0x71);
      code.writeByte(0x0E).writeU32(2).writeU32(0);
      code.writeU32(random.nextInt(labels + 1)).writeU32(random.nextInt(labels + 1));
      code.writeByte(0x0B);
    }

    private void mix() {
      code.writeByte(0x20).writeU32(0).writeByte(0x41).writeSigned(random.nextInt());
      code.writeByte(0x6C).writeByte(0x41).writeSigned(random.nextInt(1, 31)).writeByte(0x77);
      code.writeByte(0x21).writeU32(0);
    }

    private ByteWriter condition() {
      code.writeByte(0x20).writeU32(0).writeByte(0x41).writeSigned(1 << random.nextInt(4));
      return code.writeByte(0x71);
    }
  }
}
