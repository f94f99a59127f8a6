package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesAreTestedTest {
  @Test
  void everyRuleOfTheLedgerIsNamedByATest() throws IOException {
    String tests = sources(Path.of("src/test/java")) + sources(Path.of("../domain/src/test/java"));
    Matcher rule =
        Pattern.compile("^- `([A-Z]{3}-\\d{3})`", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../docs/spec/ledger.md")));
    int rules = 0;
    List<String> untested = new ArrayList<>();
    while (rule.find()) {
      rules++;
      if (!tests.contains(rule.group(1))) {
        untested.add(rule.group(1));
      }
    }
    assertThat(rules).isGreaterThan(40);
    assertThat(untested).as("rules that no test names").isEmpty();
  }

  private static String sources(Path root) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
