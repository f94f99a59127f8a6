package ai.ubc.cli.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourceLawsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everySourceKeepsTheHouseStyle() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      found.addAll(
          SourceLaws.violations(ROOT.relativize(source).toString(), Files.readString(source)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyModuleIsRead() throws IOException {
    assertThat(sources().stream().map(source -> ROOT.relativize(source).getName(0).toString()))
        .containsAll(ModuleLaws.MAY_USE.keySet());
  }

  @Test
  void modulePomsHoldNoVersions() throws IOException {
    for (String module : ModuleLaws.MAY_USE.keySet()) {
      assertThat(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
          .as(module)
          .containsOnlyOnce("<version>");
    }
  }

  @Test
  void longFileIsReported() {
    String text = "\n".repeat(SourceLaws.FILE_LINES_MAX + 1);
    assertThat(SourceLaws.violations("engine/src/main/java/A.java", text)).hasSize(1);
  }

  @Test
  void longMethodIsReportedAndTheLongestAllowedOneIsNot() {
    assertThat(
            SourceLaws.violations(
                "engine/src/main/java/A.java", methodOf(SourceLaws.METHOD_LINES_MAX)))
        .isEmpty();
    assertThat(
            SourceLaws.violations(
                "engine/src/main/java/A.java", methodOf(SourceLaws.METHOD_LINES_MAX + 1)))
        .containsExactly("engine/src/main/java/A.java: f has 71 lines, more than 70");
  }

  @Test
  void unfinishedWorkIsReported() {
    assertThat(SourceLaws.violations("engine/src/main/java/A.java", "// TO" + "DO: the rest\n"))
        .hasSize(1);
  }

  @Test
  void sleepIsReportedInTestsOnly() {
    String text = "class A { void f() throws Exception { Thread." + "sleep(1); } }\n";
    assertThat(SourceLaws.violations("engine/src/test/java/A.java", text)).hasSize(1);
    assertThat(SourceLaws.violations("provider/src/main/java/A.java", text)).isEmpty();
  }

  private static String methodOf(int lines) {
    return "class A {\n  void f() {\n" + "\n".repeat(lines - 2) + "  }\n}\n";
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path sources :
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
        }
      }
    }
    return found;
  }
}
