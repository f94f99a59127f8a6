package ai.ubc.provider.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Mark;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.runtime.TrapKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkerProtocolTest {

  private static final Bytes SOME = Bytes.copyOf(new byte[] {1, 0, -1});

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.to(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream reading(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static RunRequest request() {
    Item item =
        new Item(
            List.of("a b", "", "ü"),
            new TreeMap<>(Map.of("X", "1", "Y", "")),
            new Content.InMemory(SOME));
    return new RunRequest(
        Content.of(Path.of("program.wasm").toAbsolutePath()),
        List.of(item, Item.of()),
        Optional.of(Path.of("in").toAbsolutePath()),
        new Limits(5, 6, 7),
        new Seed(1, -2, 3, -4),
        3,
        true);
  }

  private static RunResult result() {
    List<ItemResult> items = new ArrayList<>();
    for (Outcome outcome :
        List.of(new Outcome.Exit(-1), new Outcome.OutOfUnits(), new Outcome.OutputLimit())) {
      items.add(
          new ItemResult(
              outcome,
              9,
              SOME,
              Bytes.EMPTY,
              new TreeMap<>(Map.of("a/b", SOME, "c", SOME)),
              "why",
              List.of(new Mark(5, SOME))));
    }
    for (TrapKind kind : TrapKind.values()) {
      Outcome trap = new Outcome.Trap(kind);
      items.add(new ItemResult(trap, 0, Bytes.EMPTY, SOME, new TreeMap<>(), ""));
    }
    return new RunResult(42, items);
  }

  @Test
  void aRequestComesBackAsItWas() throws IOException {
    byte[] bytes = written(out -> WorkerProtocol.writeRequest(out, request()));
    assertThat(WorkerProtocol.readRequest(reading(bytes))).isEqualTo(request());
    RunRequest withoutInput =
        new RunRequest(
            new Content.InMemory(SOME),
            List.of(Item.of()),
            Optional.empty(),
            new Limits(1, 1, 1),
            Seed.ZERO);
    bytes = written(out -> WorkerProtocol.writeRequest(out, withoutInput));
    assertThat(WorkerProtocol.readRequest(reading(bytes))).isEqualTo(withoutInput);
  }

  @Test
  void aResultComesBackAsItWas() throws Exception {
    byte[] bytes = written(out -> WorkerProtocol.writeResult(out, result()));
    assertThat(WorkerProtocol.readAnswer(reading(bytes))).isEqualTo(result());
  }

  @Test
  void aFaultIsThrown() throws IOException {
    for (ProviderFault.Kind kind : ProviderFault.Kind.values()) {
      byte[] bytes = written(out -> WorkerProtocol.writeFault(out, new ProviderFault(kind, "why")));
      assertThatExceptionOfType(ProviderFault.class)
          .isThrownBy(() -> WorkerProtocol.readAnswer(reading(bytes)))
          .withMessage("why")
          .satisfies(fault -> assertThat(fault.kind()).isEqualTo(kind));
    }
  }

  @Test
  void anAnswerThatIsCutIsAnEnd() throws Exception {
    byte[] bytes = written(out -> WorkerProtocol.writeResult(out, result()));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> WorkerProtocol.readAnswer(reading(cut)));
    }
  }

  @Test
  void aMutatedAnswerIsReadOrRefused() throws IOException {
    byte[] bytes = written(out -> WorkerProtocol.writeResult(out, result()));
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] mutated = bytes.clone();
      // Lengths of 2^24 and more would only make the test slow.
      int at = random.nextInt(mutated.length);
      mutated[at] = (byte) (random.nextInt() & (mutated[at] == 0 ? 0x80 : 0xFF));
      try {
        WorkerProtocol.readAnswer(reading(mutated));
      } catch (IOException | ProviderFault expected) {
        assertThat(expected.getMessage()).as("seed %d", seed).isNotEqualTo("");
      }
    }
  }

  @Test
  void aMutatedRequestIsReadOrRefused() throws IOException {
    byte[] bytes = written(out -> WorkerProtocol.writeRequest(out, request()));
    bytes[1] = 0x7F;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WorkerProtocol.readRequest(reading(new byte[] {9})));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WorkerProtocol.readRequest(reading(bytes)))
        .withMessageStartingWith("a length of");
  }
}
