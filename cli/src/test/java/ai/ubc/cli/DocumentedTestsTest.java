package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The lines of the documentation that run single tests name tests that there are, and have the
 * flags without which Maven ends at the first module that has none of that name. Nothing is run.
 */
final class DocumentedTestsTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINE =
      Pattern.compile("(?m)^.*mvn .*-pl (\\w+).* -Dtest='?(\\w+)(?:#(\\w+))?.*$");

  private record Shown(
      Path page, String line, String module, String test, Optional<String> method) {}

  @Test
  void linesForSingleTestsNameTestsThatThereAreAndLetMavenReachThem() throws IOException {
    List<Shown> shown = shown();
    assertThat(shown).isNotEmpty();
    for (Shown it : shown) {
      // The modules that it builds on have no such test, which is no mistake here.
      assertThat(it.line())
          .as(it.page().toString())
          .contains("-Dsurefire.failIfNoSpecifiedTests=false", "-DfailIfNoTests=false");
      String source = source(it);
      it.method()
          .ifPresent(
              method -> assertThat(source).as(it.line()).containsPattern("void " + method + "\\("));
    }
  }

  private static List<Shown> shown() throws IOException {
    List<Shown> shown = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
      for (Path page : docs.filter(path -> path.toString().endsWith(".md")).toList()) {
        Matcher line = LINE.matcher(Files.readString(page));
        while (line.find()) {
          Optional<String> method = Optional.ofNullable(line.group(3));
          shown.add(new Shown(page, line.group(), line.group(1), line.group(2), method));
        }
      }
    }
    return shown;
  }

  private static String source(Shown shown) throws IOException {
    try (Stream<Path> tests =
        Files.walk(REPOSITORY.resolve(shown.module()).resolve("src/test/java"))) {
      Path file =
          tests
              .filter(path -> path.endsWith(shown.test() + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no test " + shown.test()));
      return Files.readString(file);
    }
  }
}
