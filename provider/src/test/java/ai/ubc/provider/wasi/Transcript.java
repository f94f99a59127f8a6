package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the program {@code probe.wasm} is told to call, and what it must print: a line each of
 * {@code call => answer}. An answer begins with an error number, or its name.
 */
final class Transcript {

  static final byte[] PROBE = Runs.resource("probe.wasm");

  private static final WasiRuntime RUNTIME = new WasiRuntime();

  private static final Map<String, Integer> ERRORS =
      Map.ofEntries(
          Map.entry("BADF", 8),
          Map.entry("EXIST", 20),
          Map.entry("FAULT", 21),
          Map.entry("FBIG", 22),
          Map.entry("ILSEQ", 25),
          Map.entry("INVAL", 28),
          Map.entry("ISDIR", 31),
          Map.entry("MFILE", 33),
          Map.entry("NAMETOOLONG", 37),
          Map.entry("NOENT", 44),
          Map.entry("NOTDIR", 54),
          Map.entry("NOTEMPTY", 55),
          Map.entry("NOTSOCK", 57),
          Map.entry("NOTSUP", 58),
          Map.entry("ROFS", 69),
          Map.entry("SPIPE", 70),
          Map.entry("NOTCAPABLE", 76));

  private Transcript() {}

  /** Runs the calls and compares the answers. */
  static ItemResult check(Path input, String transcript) {
    List<String> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    transcript
        .lines()
        .forEach(line -> {
          String[] sides = line.split(" => ", 2);
          calls.add(sides[0]);
          String name = sides[0].substring(0, (sides[0] + ' ').indexOf(' '));
          expected.add((name + ' ' + numbered(sides[1])).strip());
        });
    ItemResult result = run(Optional.of(input), Runs.WIDE, calls);
    assertThat(answers(result)).isEqualTo(expected);
    return result;
  }

  private static String numbered(String answer) {
    String numbered = answer;
    for (Map.Entry<String, Integer> error : ERRORS.entrySet()) {
      numbered = numbered.replaceAll("\\b" + error.getKey() + "\\b", error.getValue().toString());
    }
    return numbered;
  }

  /** Runs the calls. */
  static ItemResult run(Optional<Path> input, Limits limits, List<String> calls) {
    Item item =
        new Item(
            List.of("first", "second arg"),
            new TreeMap<>(Map.of("B", "2", "A", "1=1")),
            Content.of(String.join("\n", calls).getBytes(UTF_8)));
    RunRequest request = new RunRequest(Content.of(PROBE), List.of(item), input, limits, Runs.SEED);
    try {
      return RUNTIME.run(request).items().getFirst();
    } catch (ProviderFault | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What a program that ended well printed for each call, without its arguments and environment.
   */
  static List<String> answers(ItemResult result) {
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    return result
        .stdout()
        .toUtf8()
        .lines()
        .filter(line -> !line.matches("(arg|env) .*"))
        .map(String::strip)
        .toList();
  }
}
