package ai.ubc.provider.node.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LyingRuntimeTest {
  private static final RunRequest REQUEST =
      new RunRequest(
          Content.EMPTY, List.of(Item.of()), Optional.empty(), new Limits(1, 1, 1), Seed.ZERO);

  private static String told(String truth) throws Exception {
    ItemResult item =
        new ItemResult(
            new Outcome.Exit(0),
            3,
            Bytes.copyOf(truth.getBytes(UTF_8)),
            Bytes.EMPTY,
            new TreeMap<>(),
            "");
    RunResult lie = new LyingRuntime(request -> new RunResult(4, List.of(item))).run(REQUEST);
    assertThat(lie.units()).isEqualTo(4);
    assertThat(lie.items().getFirst().units()).isEqualTo(3);
    return lie.items().getFirst().stdout().toUtf8();
  }

  @Test
  void itTellsAnotherOutput() throws Exception {
    assertThat(told("words: 42")).isEqualTo("words: 52");
    assertThat(told("9 lives")).isEqualTo("0 lives");
    assertThat(told("no digit")).isEqualTo("no digit\0");
  }
}
