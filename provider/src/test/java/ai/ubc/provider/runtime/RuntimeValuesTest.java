package ai.ubc.provider.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuntimeValuesTest {

  private static final Limits LIMITS = new Limits(1_000, 1, 0);

  @Test
  void namesAreOrderedByTheirUtf8Bytes() {
    String replacement = "\uFFFD";
    String supplementary = "\uD83D\uDE00";
    assertThat(TextOrder.sortedCopyOf(Map.of(supplementary, 1, replacement, 2, "a", 3, "ab", 4)))
        .containsExactly(
            Map.entry("a", 3),
            Map.entry("ab", 4),
            Map.entry(replacement, 2),
            Map.entry(supplementary, 1));
  }

  @Test
  void bytesAreEqualByValueAndDoNotShareTheirArray() throws IOException {
    byte[] source = "hällo".getBytes(StandardCharsets.UTF_8);
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 0;
    assertThat(bytes.toUtf8()).isEqualTo("hällo");
    assertThat(bytes).isEqualTo(Bytes.copyOf("hällo".getBytes(StandardCharsets.UTF_8)));
    assertThat(bytes).hasSameHashCodeAs(Bytes.copyOf("hällo".getBytes(StandardCharsets.UTF_8)));
    assertThat(bytes).isNotEqualTo(Bytes.EMPTY).isNotEqualTo("hällo").hasToString("Bytes[6]");
    assertThat(Bytes.copyOfRange(new byte[] {1, 2, 3}, 1, 3).toArray()).containsExactly(2, 3);
    assertThat(bytes.openStream().readAllBytes()).isEqualTo(bytes.toArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.writeTo(out);
    assertThat(out.size()).isEqualTo(bytes.length());
  }

  @Test
  void aRequestHasAtLeastOneItemAndNotTooMany() {
    Content program = Content.of(Path.of("program.wasm"));
    for (int count : new int[] {0, RunRequest.ITEMS_MAX + 1}) {
      List<Item> items = Collections.nCopies(count, Item.of());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RunRequest(program, items, Optional.empty(), LIMITS, Seed.ZERO));
    }
  }

  @Test
  void stringsForAProgramAreProperUnicodeWithoutNul() {
    for (String bad : new String[] {"a\0b", "\uD800"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Item.of(bad));
    }
  }

  @Test
  void aVariableHasAName() {
    for (String bad : new String[] {"", "A=B"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Item(List.of(), new TreeMap<>(Map.of(bad, "x")), Content.EMPTY));
    }
  }

  @Test
  void stringsForAProgramAreBounded() {
    String long1 = "x".repeat(Item.STRING_BYTES_MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> Item.of(long1));
    assertThat(Item.of(long1.substring(1)).args()).hasSize(1);
  }

  @Test
  void limitsAreWithinTheirCeilings() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(Limits.UNITS_CEILING + 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(1, 1, Limits.OUTPUT_BYTES_CEILING + 1));
  }

  @Test
  void numbersOfTrapsArePermanent() {
    assertThat(TrapKind.values())
        .extracting(TrapKind::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aFaultSaysWhetherToTryAgain() {
    assertThat(new ProviderFault(ProviderFault.Kind.BUSY, "busy").isRetryable()).isTrue();
    ProviderFault late =
        new ProviderFault(ProviderFault.Kind.LATE, "late", new IllegalStateException());
    assertThat(late.isRetryable()).isFalse();
    assertThat(late.kind()).isEqualTo(ProviderFault.Kind.LATE);
  }
}
