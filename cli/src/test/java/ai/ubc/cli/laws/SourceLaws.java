package ai.ubc.cli.laws;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The laws of the house style that a source text can be held to. */
final class SourceLaws {
  static final int FILE_LINES_MAX = 600;
  static final int METHOD_LINES_MAX = 70;

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X])\\b");

  /** Waiting, wall clocks, unseeded chance, mocks and tests that are switched off. */
  private static final Pattern UNFIT_FOR_TESTS =
      Pattern.compile(
          "Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(|new Random\\(\\)|Math\\.random\\(|ThreadLocalRandom\\."
              + "|System\\.(currentTimeMillis|nanoTime)\\(|(Instant|LocalDateTime)\\.now\\(|\\bClock\\.system"
              + "|@Disable[d]\\b|org\\.mockito");

  private SourceLaws() {}

  /** What is wrong with a source file, a line each; {@code path} is relative to the repository. */
  static List<String> violations(String path, String text) {
    List<String> found = new ArrayList<>();
    long lines = text.lines().count();
    if (lines > FILE_LINES_MAX) {
      found.add(path + " has " + lines + " lines, more than " + FILE_LINES_MAX);
    }
    matches(UNFINISHED, text).forEach(word -> found.add(path + " says " + word));
    if (path.contains("src/test/")) {
      matches(UNFIT_FOR_TESTS, text)
          .forEach(call -> found.add(path + " is a test and uses " + call));
    }
    found.addAll(longMethods(path, text));
    return found;
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group()).distinct().toList();
  }

  private static List<String> longMethods(String path, String text) {
    List<String> found = new ArrayList<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, _ -> {}, null, null, List.of(source(text)));
    var positions = Trees.instance(task).getSourcePositions();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        var lines = unit.getLineMap();
        new TreeScanner<@Nullable Void, List<String>>() {
          @Override
          public @Nullable Void visitMethod(MethodTree method, List<String> found) {
            long end = positions.getEndPosition(unit, method);
            if (end >= 0) {
              long height =
                  lines.getLineNumber(end)
                      - lines.getLineNumber(positions.getStartPosition(unit, method))
                      + 1;
              if (height > METHOD_LINES_MAX) {
                found.add(
                    "%s: %s has %d lines, more than %d"
                        .formatted(path, method.getName(), height, METHOD_LINES_MAX));
              }
            }
            return super.visitMethod(method, found);
          }
        }.scan(unit, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static JavaFileObject source(String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
