package ai.ubc.cli.laws;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What code must avoid so that two runs over the same log reach the same state, bit for bit. */
final class Determinism {
  /**
   * Clocks, threads, randomness, the outside world, and collections whose order differs between
   * JVMs.
   */
  static final DescribedPredicate<JavaClass> FORBIDDEN_TYPES =
      resideInAnyPackage(
              "java.time..",
              "java.util.concurrent..",
              "java.util.random..",
              "java.io..",
              "java.net..",
              "java.nio.file..",
              "java.nio.channels..")
          .and(
              DescribedPredicate.not(
                  nameMatching("java\\.io\\.(Serializable|UncheckedIOException|IOException)")))
          .or(
              nameMatching(
                  "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Random|SplittableRandom|Date|Timer)"))
          .or(
              nameMatching(
                  "java\\.lang\\.(Thread|ThreadLocal|Process.*|Runtime|Float|Double|StrictMath)"))
          .or(nameMatching("java\\.security\\.SecureRandom"));

  /**
   * Calls that read a clock, an identity or the environment, or make a set or map without a fixed
   * order.
   */
  static final DescribedPredicate<JavaMethodCall> FORBIDDEN_CALLS =
      describe(
          "calls whose answer differs between runs",
          call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getName();
            return switch (owner) {
              case "java.lang.System" -> !method.equals("arraycopy");
              case "java.lang.Math" -> method.equals("random");
              case "java.util.UUID" -> method.equals("randomUUID");
              case "java.util.Map", "java.util.Set" ->
                  List.of("of", "ofEntries", "copyOf").contains(method);
              case "java.util.stream.Collectors" ->
                  List.of("toSet", "toMap", "groupingBy", "partitioningBy").contains(method);
              default -> false;
            };
          });

  private static final Pattern FORBIDDEN_OPCODE =
      Pattern.compile(
          "[FD](A?LOAD|A?STORE|CONST|ADD|SUB|MUL|DIV|REM|NEG|CMP|RETURN)(_.*)?|[FD](CMP[LG]|CONST_\\d|2[ILFD])|[IL]2[FD]"
              + "|MONITOR(ENTER|EXIT)");

  private static final Pattern FLOATING_DESCRIPTOR = Pattern.compile("\\(?(L[^;]*;|[^L;])*[FD].*");

  private Determinism() {}

  /**
   * The floating-point and monitor instructions, and the synchronized methods and floating-point
   * fields, of a type.
   */
  static List<String> forbiddenInstructions(JavaClass type) {
    List<String> found = new ArrayList<>();
    var model = ClassFile.of().parse(bytes(type));
    for (var field : model.fields()) {
      if (FLOATING_DESCRIPTOR.matcher(field.fieldType().stringValue()).matches()) {
        found.add(
            type.getName() + " has the floating-point field " + field.fieldName().stringValue());
      }
    }
    for (MethodModel method : model.methods()) {
      String name = type.getName() + "." + method.methodName().stringValue();
      if (method.flags().has(java.lang.reflect.AccessFlag.SYNCHRONIZED)) {
        found.add(name + " is synchronized");
      }
      method.code().stream()
          .flatMap(Determinism::instructions)
          .map(instruction -> instruction.opcode().name())
          .filter(opcode -> FORBIDDEN_OPCODE.matcher(opcode).matches())
          .distinct()
          .forEach(opcode -> found.add(name + " uses " + opcode));
    }
    return found;
  }

  private static Stream<Instruction> instructions(CodeModel code) {
    return code.elementStream().filter(Instruction.class::isInstance).map(Instruction.class::cast);
  }

  private static byte[] bytes(JavaClass type) {
    try (var in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
