package ai.ubc.cli.laws;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The laws between modules, as rules below a package root.
 *
 * <p>The root is an argument so that the fixtures, which live below another root, can break each
 * law and show that it bites.
 */
final class ModuleLaws {
  /** The module table: what each module may use, directly or through what it uses. */
  static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("domain", Set.of()),
          Map.entry("api", Set.of()),
          Map.entry("codec", Set.of("domain")),
          Map.entry("verifier", Set.of("codec", "domain")),
          Map.entry("engine", Set.of("domain")),
          Map.entry("link", Set.of("codec", "domain")),
          Map.entry("sequencer", Set.of("engine", "codec", "domain")),
          Map.entry("gateway", Set.of("api", "codec", "domain", "link")),
          Map.entry("sdk", Set.of("api", "codec", "domain")),
          Map.entry("provider", Set.of("sdk", "api", "codec", "domain")),
          Map.entry(
              "cli",
              Set.of(
                  "domain",
                  "api",
                  "codec",
                  "verifier",
                  "engine",
                  "link",
                  "sequencer",
                  "gateway",
                  "sdk",
                  "provider")),
          Map.entry("bench", Set.of("provider", "engine", "testkit", "domain", "codec")),
          Map.entry("testkit", Set.of("domain", "codec", "api")));

  /**
   * The libraries of the modules that are the foundation of the others; the rest may use what their
   * POM declares.
   */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "domain", List.of("java..", "org.jspecify.."),
          "api", List.of("java..", "org.jspecify.."),
          "engine", List.of("java..", "org.jspecify..", "org.agrona.."));

  private static final List<String> TEST_LIBRARIES =
      List.of(
          "org.junit..", "org.assertj..", "com.tngtech.archunit..", "com.google.common.jimfs..");

  /**
   * Where JSON records and ledger types may meet: mappers, which do nothing else, and the signer of
   * the SDK.
   */
  private static final List<String> MEETING_PLACES =
      List.of(
          "gateway.[A-Za-z.]*Mapper",
          "sdk.[A-Za-z.]*(Mapper|Signer)",
          "provider.[A-Za-z.]*Mapper",
          "cli.[A-Za-z.]*Mapper");

  private static final Pattern MODULE_DIRECTORY =
      Pattern.compile("/([a-z-]+)/target/(?!.*/target/)");

  private final String root;

  ModuleLaws(String root) {
    this.root = root;
  }

  ArchRule modulesUseOnlyWhatTheTableAllows() {
    return forEach(
        "use only the modules that the table allows",
        (type, events) -> {
          Set<String> allowed = MAY_USE.get(moduleOf(type));
          if (allowed == null) {
            events.add(
                violated(type, type.getName() + " is in a module that the table does not know"));
            return;
          }
          for (Dependency use : type.getDirectDependenciesFromSelf()) {
            String used = moduleOf(use.getTargetClass());
            if (!used.isEmpty() && !used.equals(moduleOf(type)) && !allowed.contains(used)) {
              events.add(violated(use, use.getDescription()));
            }
          }
        });
  }

  ArchRule foundationUsesOnlyItsLibraries() {
    return forEach(
        "use only the libraries of the foundation",
        (type, events) -> {
          List<String> libraries = LIBRARIES.get(moduleOf(type));
          if (libraries == null) {
            return;
          }
          DescribedPredicate<JavaClass> allowed =
              resideInAnyPackage(libraries.toArray(String[]::new))
                  .or(resideInAnyPackage(root + ".."));
          for (Dependency use : type.getDirectDependenciesFromSelf()) {
            JavaClass target = use.getTargetClass().getBaseComponentType();
            if (!target.isPrimitive() && !allowed.test(target)) {
              events.add(violated(use, use.getDescription()));
            }
          }
        });
  }

  ArchRule shippedCodeUsesNoTestLibrary() {
    return noClasses()
        .that(resideInAnyPackage(root + "..").and(not(in("testkit"))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(TEST_LIBRARIES.toArray(String[]::new)));
  }

  ArchRule publicRecordsAndLedgerTypesMeetOnlyInMapperAndSigner() {
    Pattern allowed =
        Pattern.compile(
            Pattern.quote(root + ".") + "(" + String.join("|", MEETING_PLACES) + ")(\\$.*)?");
    return forEach(
        "not bring api and domain together",
        (type, events) -> {
          boolean usesApi = uses(type, "api");
          boolean usesDomain = uses(type, "domain");
          if (usesApi && usesDomain && !allowed.matcher(type.getName()).matches()) {
            events.add(violated(type, type.getName() + " uses both api and domain"));
          }
        });
  }

  ArchRule everyPackageStandsInTheModuleOfItsName() {
    return forEach(
        "stand in the module of their name",
        (type, events) -> {
          String location = type.getSource().orElseThrow().getUri().toString();
          String module =
              MODULE_DIRECTORY
                  .matcher(location)
                  .results()
                  .map(m -> m.group(1))
                  .findFirst()
                  .orElse("none");
          if (!module.equals(moduleOf(type))) {
            events.add(violated(type, type.getName() + " stands in module " + module));
          }
        });
  }

  ArchRule packagesHaveNoCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  ArchRule everyPackageIsNullMarked() {
    DescribedPredicate<JavaClass> generated = resideInAnyPackage(root + ".codec.generated..");
    return forEach(
        "be in a package marked @NullMarked",
        (type, events) -> {
          if (!generated.test(type) && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(violated(type, type.getName() + " is in a package without @NullMarked"));
          }
        });
  }

  ArchRule librariesDoNotPrint() {
    return noClasses()
        .that(resideInAnyPackage(root + "..").and(not(in("cli", "bench", "verifier"))))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err");
  }

  ArchRule stateMachineUsesNothingThatDiffersBetweenRuns() {
    return noClasses()
        .that(in("engine", "domain"))
        .should()
        .dependOnClassesThat(Determinism.FORBIDDEN_TYPES)
        .orShould(ArchConditions.callMethodWhere(Determinism.FORBIDDEN_CALLS));
  }

  ArchRule stateMachineHasNoFloatingPointAndNoMonitors() {
    return forEach(
        "have no floating point and no monitors in the engine and the domain",
        (type, events) -> {
          if (Set.of("engine", "domain").contains(moduleOf(type))) {
            Determinism.forbiddenInstructions(type)
                .forEach(found -> events.add(violated(type, found)));
          }
        });
  }

  /** Every law, by its name. */
  Map<String, ArchRule> all() {
    return Map.of(
        "modules use only what the table allows", modulesUseOnlyWhatTheTableAllows(),
        "the foundation uses only its libraries", foundationUsesOnlyItsLibraries(),
        "shipped code uses no test library", shippedCodeUsesNoTestLibrary(),
        "api and domain meet only in mapper and signer",
            publicRecordsAndLedgerTypesMeetOnlyInMapperAndSigner(),
        "every package stands in the module of its name", everyPackageStandsInTheModuleOfItsName(),
        "packages have no cycles", packagesHaveNoCycles(),
        "every package is null-marked", everyPackageIsNullMarked(),
        "libraries do not print", librariesDoNotPrint(),
        "the state machine uses nothing that differs between runs",
            stateMachineUsesNothingThatDiffersBetweenRuns(),
        "the state machine has no floating point and no monitors",
            stateMachineHasNoFloatingPointAndNoMonitors());
  }

  private ArchRule forEach(String description, BiConsumer<JavaClass, ConditionEvents> check) {
    return classes()
        .that(resideInAnyPackage(root + ".."))
        .should(
            new ArchCondition<>(description) {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
              }
            });
  }

  private DescribedPredicate<JavaClass> in(String... modules) {
    return resideInAnyPackage(
        Stream.of(modules).map(module -> root + "." + module + "..").toArray(String[]::new));
  }

  private boolean uses(JavaClass type, String module) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(use -> moduleOf(use.getTargetClass()).equals(module));
  }

  /** The module that a type's package names; empty for a type from elsewhere. */
  private String moduleOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
  }
}
