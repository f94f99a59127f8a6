package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The files of which each is an item. */
final class EachOption {
  @Option(
      names = "--each",
      order = 1,
      required = true,
      arity = "1..*",
      paramLabel = "FILES",
      description =
          "Files, or a pattern in quotes such as 'in/*': each is the standard input of an item.")
  private List<String> patterns = new ArrayList<>();

  /**
   * The files, in order of their names.
   *
   * @throws CommandFailure when there is none, or two have the same name
   */
  List<Path> files() throws CommandFailure {
    Set<Path> found = new HashSet<>();
    for (String pattern : patterns) {
      Path file = Path.of(pattern.replaceAll("[*?\\[{].*", "x"));
      if (Files.isRegularFile(Path.of(pattern))) {
        found.add(Path.of(pattern));
      } else {
        Path parent = file.getParent();
        addMatching(parent == null ? Path.of("") : parent, pattern, found);
      }
    }
    List<Path> files = found.stream().sorted().toList();
    if (files.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILURE, "--each: no file is or matches " + String.join(" ", patterns));
    }
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      if (!names.add(String.valueOf(file.getFileName()))) {
        throw new CommandFailure(
            ExitCode.FAILURE,
            "--each: two files are called "
                + file.getFileName()
                + ", and their results would be too; map them apart");
      }
    }
    return files;
  }

  private static void addMatching(Path from, String pattern, Set<Path> found)
      throws CommandFailure {
    PathMatcher matcher = from.getFileSystem().getPathMatcher("glob:" + pattern);
    if (!Files.isDirectory(from.toAbsolutePath())) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      files.filter(matcher::matches).filter(Files::isRegularFile).forEach(found::add);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "--each: " + from + " can not be read: " + e.getMessage(), e);
    }
  }
}
