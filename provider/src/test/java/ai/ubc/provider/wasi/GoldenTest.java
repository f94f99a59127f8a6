package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What {@code wasi/1} admits, how it rewrites and what it counts, in numbers that are committed:
 * the file is named by the version, so another version needs another file, and a change without one
 * fails here. See {@code docs/adr/0016-wasi-1-is-frozen.md}.
 */
class GoldenTest {

  private static final Path EXAMPLES = Path.of("../examples");
  private static final String GOLDEN = "golden/" + WasiRuntime.VERSION.replace('/', '-') + ".txt";
  private static final Path FOUND = Path.of("target", GOLDEN);
  private static final int SEEDS = 12;
  private static final long UNITS_OF_ITEMS = 10_000_000;

  @Test
  void whatTheVersionAdmitsRewritesAndCountsIsWhatWasCommitted() throws IOException {
    List<String> found = lines();
    Files.createDirectories(FOUND.getParent());
    Files.write(FOUND, found);
    assertThat(String.join("\n", found))
        .as(
            "%s is what %s admits and counts. A change is another version of the class (see"
                + " docs/adr/0016-wasi-1-is-frozen.md); what was found now is in %s",
            GOLDEN, WasiRuntime.VERSION, FOUND)
        .isEqualTo(new String(Runs.resource(GOLDEN), UTF_8).strip());
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("marks: " + MarkRule.STANDARD);
    corpus().forEach((name, request) -> lines.add(line(name, request)));
    return lines;
  }

  private static SortedMap<String, RunRequest> corpus() {
    SortedMap<String, RunRequest> corpus = new TreeMap<>(DeterminismCorpus.programs(EXAMPLES));
    Map<String, byte[]> modules = new TreeMap<>(GoldenModules.all());
    for (int seed = 1; seed <= SEEDS; seed++) {
      String name = "generated-" + seed;
      modules.put(name, Runs.resource("golden/" + name + ".wasm"));
    }
    modules.forEach((name, module) -> corpus.put(name, request(module)));
    return corpus;
  }

  private static RunRequest request(byte[] module) {
    long units = Meter.jobUnits(module.length) + UNITS_OF_ITEMS;
    Limits limits = new Limits(units, Limits.MEMORY_PAGES_CEILING, Runs.WIDE.outputBytesMax());
    return Runs.request(module, limits, Item.of("x"), Item.of()).withMarks();
  }

  private static String line(String name, RunRequest request) {
    RunResult result = Runs.run(Execution.COMPILED, request);
    String items =
        result.items().stream()
            .map(item -> item.units() + " " + item.outcome())
            .collect(Collectors.joining(", "));
    String line = name + ": " + result.units() + " units, " + items;
    boolean isRefused =
        result.items().getFirst().outcome() instanceof Outcome.Trap
            && result.items().getFirst().units() == 0;
    return isRefused
        ? line
        : line + ", " + DeterminismCorpus.digest(result) + ", rewritten " + rewritten(request);
  }

  // The text of a refusal may change, and a module may be refused before it is rewritten.
  private static String rewritten(RunRequest request) {
    try {
      byte[] module =
          switch (request.program()) {
            case Content.InMemory memory -> memory.bytes().toArray();
            case Content.InFile file -> Files.readAllBytes(file.path());
          };
      ModuleShape shape = ModuleReader.read(module);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ModuleRewriter.rewrite(shape));
      digest.update(ModuleRewriter.marks(shape));
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (InvalidProgram | IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
