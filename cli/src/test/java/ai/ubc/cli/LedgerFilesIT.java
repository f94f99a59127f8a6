package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A network as its operator keeps it: checked, backed up, lost, restored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LedgerFilesIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path GUIDE = REPOSITORY.resolve("docs/guides/operator.md");
  private static final String PRIMES = REPOSITORY.resolve("examples/primes.wasm").toString();

  private static final Set<String> PARTS = Set.of("sequencer", "gateway", "provider", "validator");

  private int port;
  private Path directory = Path.of("");
  private Path network = Path.of("");
  private CommandProcess command = new CommandProcess(Path.of(""));
  private final List<Up> running = new ArrayList<>();

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    port = CommandProcess.freePort();
    directory = temporary;
    network = directory.resolve("srv/ubc-restored");
    command = new CommandProcess(directory.resolve("home"));
  }

  @AfterAll
  void stopAll() {
    // Nodes first: a provider that is told to end takes its offers off the book.
    running.reversed().forEach(Up::close);
  }

  private Ended good(String... arguments) throws IOException, InterruptedException {
    Ended ended = command.run(arguments);
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    return ended;
  }

  private Ended bad(int exitCode, String... arguments) throws IOException, InterruptedException {
    Ended ended = command.run(arguments);
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isEqualTo(exitCode);
    assertThat(ended.err()).startsWith("ubc: ").doesNotContain("Exception", "\tat ");
    return ended;
  }

  private Up up(String... options) throws IOException {
    Up up = command.up(options);
    running.add(up);
    return up;
  }

  private String account(Up up) throws IOException, InterruptedException {
    return good("account", "--gateway", up.url()).out();
  }

  private void runJob(Up up) throws IOException, InterruptedException {
    Ended ended = good("run", PRIMES, "--arg", "1000", "--gateway", up.url());
    assertThat(ended.out()).contains("168");
  }

  private static Path journalOf(Path network) throws IOException {
    try (Stream<Path> files = Files.list(network.resolve("sequencer/journal"))) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The lines of the guide's shell blocks, with its directories below this test's. */
  private List<String> guide() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean isShell = false;
    for (String line : Files.readAllLines(GUIDE)) {
      if (line.startsWith("```")) {
        isShell = line.equals("```sh");
      } else if (isShell) {
        lines.add(line.replaceAll("/(srv|mnt)/", directory + "/$1/"));
      }
    }
    return lines;
  }

  /** The same with a gateway on a port that is free. */
  private String[] elsewhere(String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument.replace("8080", Integer.toString(port)))
        .toArray(String[]::new);
  }

  @Test
  @Order(1)
  void whatTheOperatorsGuideShowsRunsAsItStandsThere() throws Exception {
    String before = "";
    for (String line : guide()) {
      String[] words = line.split(" +", -1);
      String[] arguments = Arrays.copyOfRange(words, 1, words.length);
      if (line.startsWith("./ubc up ")) {
        for (Up up : running) {
          assertThat(up.stop("TERM")).isZero();
        }
        running.clear();
        List<String> options = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        options.addAll(List.of("--port", "0"));
        Up up = up(options.toArray(String[]::new));
        if (before.isEmpty()) {
          runJob(up);
          before = account(up);
        } else {
          assertThat(account(up)).isEqualTo(before);
          runJob(up);
        }
      } else if (PARTS.contains(words[1])) {
        running.add(command.startUntil("ready ", elsewhere(arguments)));
      } else if (line.startsWith("./ubc soak ")) {
        // SoakIT runs it.
        new CommandLine(new Main()).parseArgs(arguments);
      } else if (line.startsWith("./ubc ")) {
        good(arguments);
      } else {
        Process shell = new ProcessBuilder("bash", "-c", line).inheritIO().start();
        assertThat(shell.waitFor()).as(line).isZero();
      }
    }
    assertThat(before).isNotEmpty();
  }

  @Test
  @Order(2)
  void aSecondProcessIsToldWhoHasTheDirectory() throws Exception {
    Ended second = bad(ExitCode.FAILURE, "up", "--port", "0", "--data", network.toString());
    assertThat(second.err()).contains(network.toString(), "in use by process ");
  }

  @Test
  @Order(3)
  void aNetworkThatWasLostIsTheSameAfterItsRestore() throws Exception {
    Up up = running.getFirst();
    String balances = account(up);
    assertThat(up.stop("TERM")).isZero();
    String data = network.toString();
    String backup = directory.resolve("backup").toString();
    String state = good("replay", "--data", data, "--json").out();
    assertThat(state).contains("\"holds\":true", "\"conserved\":true", "\"unfinishedBytes\":0");
    good("backup", "--data", data, "--to", backup);

    assertThat(bad(ExitCode.FAILURE, "backup", "--data", data, "--to", backup).err())
        .contains("is not empty");
    assertThat(bad(ExitCode.FAILURE, "restore", "--from", backup, "--data", data).err())
        .contains("is not empty");
    delete(network);
    good("restore", "--from", backup, "--data", data);
    assertThat(good("replay", "--data", data, "--json").out()).isEqualTo(state);

    Up again = up("--port", "0", "--data", data);
    assertThat(account(again)).isEqualTo(balances);
    runJob(again);
    assertThat(again.stop("TERM")).isZero();
    assertThat(good("replay", "--data", data).out()).contains("Everything holds.");
  }

  @Test
  @Order(4)
  void aFlippedBitIsNamedByFileAndOffsetAndNothingIsChanged() throws Exception {
    Path segment = journalOf(network);
    byte[] whole = Files.readAllBytes(segment);
    byte[] flipped = whole.clone();
    flipped[whole.length / 3] ^= 16;
    Files.write(segment, flipped);
    String data = network.toString();
    String place = segment + " at offset ";

    assertThat(bad(ExitCode.FAILURE, "replay", "--data", data).err()).contains(place, "backup");
    assertThat(bad(ExitCode.FAILURE, "up", "--port", "0", "--data", data).err())
        .contains(place, "the last whole record is");
    String target = directory.resolve("never").toString();
    assertThat(bad(ExitCode.FAILURE, "backup", "--data", data, "--to", target).err())
        .contains(place);
    assertThat(Files.readAllBytes(segment)).isEqualTo(flipped);

    Files.write(segment, Arrays.copyOf(whole, whole.length - 5));
    assertThat(bad(ExitCode.CHECK_FAILED, "replay", "--data", data).err())
        .contains(segment.toString(), "no whole record");
    Files.write(segment, whole);
    good("replay", "--data", data);
  }

  @Test
  @Order(5)
  void aBackupThatWasChangedIsNotRestored() throws Exception {
    Path backup = directory.resolve("backup");
    Path genesis = backup.resolve("genesis.json");
    byte[] whole = Files.readAllBytes(genesis);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    String target = directory.resolve("other").toString();
    Files.write(genesis, flipped);
    String[] restore = {"restore", "--from", backup.toString(), "--data", target};
    assertThat(bad(ExitCode.FAILURE, restore).err())
        .contains(genesis.toString(), "is not what was backed up");
    Files.delete(genesis);
    assertThat(bad(ExitCode.FAILURE, restore).err()).contains(genesis.toString(), "is missing");
    Files.write(genesis, whole);
    Files.delete(backup.resolve("BACKUP"));
    assertThat(bad(ExitCode.FAILURE, restore).err()).contains("is no backup");
    assertThat(Path.of(target)).doesNotExist();
    assertThat(bad(ExitCode.FAILURE, "replay", "--data", target).err())
        .contains("there is no network in " + target);
  }

  @Test
  @Order(6)
  void aReplayReadsOldSegmentsFromAnArchiveThatWasMoved() throws Exception {
    String data = network.toString();
    String state = good("replay", "--data", data, "--json").out();
    Path segment = journalOf(network);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path moved = elsewhere.resolve(segment.getFileName());
    Files.move(segment, moved);
    assertThat(good("replay", "--data", data, "--archive", elsewhere.toString(), "--json").out())
        .isEqualTo(state);
    Files.move(moved, segment);
    String nowhere = directory.resolve("nowhere").toString();
    assertThat(bad(ExitCode.FAILURE, "replay", "--data", data, "--archive", nowhere).err())
        .contains(nowhere, "is no directory");
  }
}
