package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, as the first page of the documentation promises it. */
final class DemoIT {
  @Test
  void theDemonstrationHolds(@TempDir Path directory) throws IOException, InterruptedException {
    Path json = directory.resolve("demo.json");
    Ended ended =
        new CommandProcess(directory).run("demo", "--seed", "7", "--json", json.toString());
    assertThat(ended.out())
        .contains(
            "Seed 7: ",
            "FRAUD",
            "ACCEPTED",
            "75 OVER_BUDGET",
            "11 MANDATE_EXPIRED",
            "state hash 0x",
            "Everything holds.")
        .contains("in vain   coco opens what it copied: refused, 55 HASH_MISMATCH")
        // What happens is told, not logged.
        .doesNotContain("FAILED", " WARN ", " ERROR ");
    assertThat(ended.err().lines().toList()).allMatch(line -> line.startsWith("ubc: "));
    assertThat(ended.exitCode()).isZero();
    JsonNode facts = JsonMapper.builder().build().readTree(Files.readAllBytes(json));
    assertThat(facts.get("holds").booleanValue()).isTrue();
    assertThat(facts.get("seed").longValue()).isEqualTo(7);
    assertThat(facts.get("jobs").values().stream().map(DemoIT::ending))
        .containsExactly(
            "FRAUD", "ACCEPTED", "ACCEPTED", "ACCEPTED", "ABANDONED", "WITHHELD", "ACCEPTED");
    assertThat(facts.get("refusals").values().stream().map(one -> one.get("number").intValue()))
        .containsExactly(55, 75, 74, 72, 7, 11);
  }

  private static String ending(JsonNode job) {
    return job.get("judgement").get("ending").stringValue();
  }
}
