package ai.ubc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command lines that the documentation and the command's own help show. */
final class DocumentedCommands {
  private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\w*).*");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "shell", "console");
  private static final Pattern COMMAND = Pattern.compile("(.*[|;&(]\\s*)?\\./ubc( .*)?");
  private static final Pattern EXAMPLE = Pattern.compile("  ((?:\\S.*\\| )?ubc .*?)(   .*)?");

  private DocumentedCommands() {}

  /** A command line and where it is shown. */
  record Shown(String where, String line) {
    @Override
    public String toString() {
      return where + ": " + line;
    }
  }

  /** What {@code README.md} and the pages of {@code docs} show, in shell blocks. */
  static List<Shown> inPages(Path repository) throws IOException {
    List<Path> pages = new ArrayList<>(List.of(repository.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(repository.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Shown> shown = new ArrayList<>();
    for (Path page : pages) {
      String where = repository.relativize(page).toString();
      inPage(Files.readAllLines(page)).forEach(line -> shown.add(new Shown(where, line)));
    }
    return shown;
  }

  /** The command lines in the shell blocks of a page; a line that ends in a backslash goes on. */
  static List<String> inPage(List<String> page) {
    List<String> commands = new ArrayList<>();
    String block = "";
    boolean isOpen = false;
    StringBuilder line = new StringBuilder();
    for (String text : page) {
      var fence = FENCE.matcher(text);
      if (fence.matches()) {
        isOpen = !isOpen;
        block = fence.group(1);
      } else if (isOpen && SHELLS.contains(block)) {
        String piece = text.strip().replaceFirst("^\\$ ", "");
        if (piece.endsWith("\\")) {
          line.append(piece, 0, piece.length() - 1);
          continue;
        }
        String whole = line.append(piece).toString();
        line.setLength(0);
        if (COMMAND.matcher(whole).matches()) {
          commands.add(whole);
        }
      }
    }
    return commands;
  }

  /** What the help texts show below their options. */
  static List<Shown> inHelp() {
    List<Shown> shown = new ArrayList<>();
    addHelp(new CommandLine(new Main()), shown);
    return shown;
  }

  private static void addHelp(CommandLine command, List<Shown> shown) {
    String where = command.getCommandSpec().qualifiedName() + " --help";
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      var example = EXAMPLE.matcher(line);
      if (example.matches()) {
        shown.add(new Shown(where, example.group(1)));
      }
    }
    command.getSubcommands().values().forEach(sub -> addHelp(sub, shown));
  }
}
