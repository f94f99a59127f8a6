package ai.ubc.cli.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ModuleLawsTest {
  private static final String SHIPPED_ROOT = "ai.ubc";
  private static final String BROKEN_ROOT = "ai.ubc.cli.laws.broken";

  /** For each law, the fixtures that break it; each must be named in what the law reports. */
  private static final Map<String, List<String>> BREAKERS =
      Map.of(
          "modules use only what the table allows",
              List.of("gateway.ImportsEngine", "engine.UsesTestkit"),
          "the foundation uses only its libraries", List.of("engine.KnowsAeron"),
          "shipped code uses no test library", List.of("sdk.UsesJunit"),
          "api and domain meet only in mapper and signer", List.of("sdk.MixesApiAndDomain"),
          "every package stands in the module of its name", List.of("gateway.ImportsEngine"),
          "packages have no cycles", List.of("sdk.UsesPart", "sdk.part.UsesWhole"),
          "every package is null-marked", List.of("sdk.part.UsesWhole"),
          "libraries do not print", List.of("sdk.Prints"),
          "the state machine uses nothing that differs between runs",
              List.of(
                  "engine.ReadsClock",
                  "engine.IteratesHashSet",
                  "engine.StartsThread",
                  "engine.ShufflesMap"),
          "the state machine has no floating point and no monitors",
              List.of("engine.Divides", "engine.Locks"));

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(SHIPPED_ROOT);

  @TestFactory
  Stream<DynamicTest> lawHolds() {
    return new ModuleLaws(SHIPPED_ROOT)
        .all().entrySet().stream()
            .map(law -> dynamicTest(law.getKey(), () -> law.getValue().check(SHIPPED)));
  }

  @TestFactory
  Stream<DynamicTest> lawFailsForItsFixtures() {
    JavaClasses broken = new ClassFileImporter().importPackages(BROKEN_ROOT);
    return new ModuleLaws(BROKEN_ROOT)
        .all().entrySet().stream()
            .map(law ->
                dynamicTest(law.getKey(), () -> fails(law.getValue(), law.getKey(), broken)));
  }

  private static void fails(ArchRule law, String name, JavaClasses broken) {
    List<String> breakers = BREAKERS.getOrDefault(name, List.of());
    assertThat(breakers).isNotEmpty();
    assertThat(law.evaluate(broken).getFailureReport().toString()).contains(breakers);
  }

  @Test
  void everyModuleIsSeen() {
    assertThat(ModuleLaws.MAY_USE.keySet())
        .allSatisfy(
            module -> assertThat(SHIPPED.containPackage(SHIPPED_ROOT + "." + module)).isTrue());
  }
}
