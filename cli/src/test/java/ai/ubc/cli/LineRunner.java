package ai.ubc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.CommandProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs command lines as a shell does, each in this process: words, quotes, and {@code echo … |}
 * before a command. A program of its own, since lines name files relative to where they are run.
 */
final class LineRunner {
  private static final int SHELLS = 3;
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Pattern PIPED = Pattern.compile("echo (.*?) *\\| *(.*)");

  private LineRunner() {}

  /**
   * Runs the lines of a file: each is a page, a tab and a command line. The lines of a page are run
   * one after another, pages side by side. Prints a line for each that ends with another exit code
   * than 0, and how many there were.
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    CommandHere commands = new CommandHere(System.getenv());
    Map<String, List<String>> pages = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]), UTF_8)) {
      String[] parts = line.split("\t", 2);
      pages.computeIfAbsent(parts[0], page -> new ArrayList<>()).add(parts[1]);
    }
    int count = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(SHELLS)) {
      List<Future<Integer>> running =
          pages.entrySet().stream()
              .map(page -> executor.submit(() -> runAll(commands, page.getKey(), page.getValue())))
              .toList();
      for (Future<Integer> page : running) {
        count += page.get();
      }
    }
    System.out.println("ran " + count);
  }

  private static int runAll(CommandHere commands, String page, List<String> lines) {
    for (String line : lines) {
      Ended ended = run(commands, line);
      if (ended.exitCode() != 0) {
        System.out.println(page + ": " + line + ": " + ended.exitCode() + " " + ended.err());
      }
    }
    return lines.size();
  }

  private static Ended run(CommandHere commands, String line) {
    Matcher piped = PIPED.matcher(line);
    boolean isPiped = piped.matches();
    List<String> words = words(isPiped ? piped.group(2) : line);
    byte[] stdin = isPiped ? (piped.group(1) + "\n").getBytes(UTF_8) : new byte[0];
    return commands.run(stdin, words.subList(1, words.size()).toArray(String[]::new));
  }

  /** The words of a line, without a comment at its end. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      if (matcher.group().startsWith("#")) {
        break;
      }
      words.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    return words;
  }
}
