package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.engine.job.TransitionTable;
import ai.ubc.testkit.RecordedEvents;
import ai.ubc.testkit.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final int SCENARIOS = 90;
  private static final int STEPS = 500;

  @Test
  void everyTransitionOfTheTableIsTaken() {
    TransitionTable table = new TransitionTable();
    long[] taken = new long[table.size()];
    for (long seed = 1; seed <= SCENARIOS; seed++) {
      Scenario scenario = new Scenario(seed, new KeccakHash());
      RecordedEvents recorded = new RecordedEvents();
      Engine engine =
          new Engine(
              scenario.genesis(),
              scenario.genesisHash(),
              new KeccakHash(),
              recorded.sink(),
              new EngineLimits(64, 500, 100, 10_000, 200));
      for (int seq = 1; seq <= STEPS; seq++) {
        scenario.next().applyTo(engine, seq);
        scenario.observe(recorded.take());
      }
      for (int row = 0; row < taken.length; row++) {
        taken[row] += engine.transitions().timesTaken(row);
      }
    }
    List<String> never = new ArrayList<>();
    for (int row = 0; row < taken.length; row++) {
      if (taken[row] == 0) {
        never.add(table.describe(row));
      }
    }
    assertThat(never).as("transitions never taken").isEmpty();
  }

  @Test
  void theDiagramInTheDocumentationIsTheTable() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/job-states.md"));
    String diagram = new TransitionTable().mermaid();
    assertThat(page)
        .as("replace the diagram in docs/reference/job-states.md by:%n%s", diagram)
        .contains("```mermaid\n" + diagram + "```");
  }
}
