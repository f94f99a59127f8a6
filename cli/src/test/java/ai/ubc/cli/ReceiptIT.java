package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.CommandProcess.Up;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.sdk.UbcClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's receipt from a running network, verified when the network is gone. */
final class ReceiptIT {
  private static final Path PRIMES = Path.of("..", "examples", "primes.wasm").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void aReceiptOutlivesItsNetworkAndTheJobCanBeRunAgain() throws Exception {
    Path home = directory.resolve("home");
    CommandProcess command = new CommandProcess(home);
    String receipt = directory.resolve("job-1.receipt.json").toString();
    Path bodies = directory.resolve("bodies");
    String fingerprint;
    try (Up up = command.up(CommandProcess.freePort(), directory.resolve("network"))) {
      String json = directory.resolve("run.json").toString();
      Ended ended =
          command.run(
              "run", PRIMES.toString(), "--arg", "1000", "--json", json, "--progress", "plain");
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("ubc: receipt in " + home).contains("re-run by 3 of 3");
      assertThat(ended.err().lines().toList()).allMatch(line -> line.startsWith("ubc: "));
      assertThat(ended.err()).startsWith("ubc: opening your account …\n");
      assertThat(Path.of(json)).content().contains("\"receipt\" : {", "\"VERIFIED\"");
      assertARunIsNotHarmedByAReceiptThatCanNotBeKept(command, home);
      Ended shown =
          command.run(
              "receipt",
              "show",
              "1",
              "--out",
              receipt,
              "--bodies",
              bodies.toString(),
              "--gateway",
              up.url());
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(shown.out())
          .contains(
              "✓ issuer",
              "job 1: verified: re-run by 3 of 3",
              "kept in " + home,
              "program, input and result in " + bodies)
          .contains("written to " + receipt + System.lineSeparator());
      Ended stranger = command.run("receipt", "show", "77", "--gateway", up.url());
      assertThat(stranger.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(stranger.err()).contains("no job 77").doesNotContain("Exception");
      try (UbcClient client = UbcClient.connect(URI.create(up.url()))) {
        fingerprint = client.network().genesisHash().toString();
      }
    }
    Ended verified = command.run("receipt", "verify", receipt, "--trust", fingerprint);
    assertThat(verified.exitCode()).as(verified.out()).isZero();
    assertThat(verified.out()).contains("✓ log", "job 1: verified: re-run by 3 of 3");
    Ended again =
        command.run(
            "receipt",
            "verify",
            receipt,
            "--trust",
            fingerprint,
            "--rerun",
            "--bodies",
            bodies.toString());
    assertThat(again.exitCode()).as(again.out()).isZero();
    assertThat(again.out()).contains("✓ program", "✓ input", "✓ body", "✓ re-run");
    Path input = bodies.resolve("input.zip");
    assertWhatDoesNotHoldIsSaid(command, Path.of(receipt), fingerprint, input);
    assertMissingBodiesAreAskedFor(command, receipt, bodies);
  }

  private void assertMissingBodiesAreAskedFor(CommandProcess command, String receipt, Path bodies)
      throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Ended nothing = command.run("receipt", "verify", receipt, "--bodies", empty.toString());
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(nothing.err()).contains("neither program.wasm nor input.zip nor result.zip");
    Files.delete(bodies.resolve("input.zip"));
    Ended half =
        command.run("receipt", "verify", receipt, "--rerun", "--bodies", bodies.toString());
    assertThat(half.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(half.err()).contains("ubc receipt show JOB --bodies DIR");
  }

  private static void assertARunIsNotHarmedByAReceiptThatCanNotBeKept(
      CommandProcess command, Path home) throws Exception {
    Path receipts = home.resolve("receipts");
    Path aside = Files.move(receipts, home.resolve("aside"));
    Files.writeString(receipts, "this is no directory");
    Ended ended = command.run("jobs", "wait", "1");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("ubc: no receipt was kept: ");
    assertThat(ended.out()).contains("primes up to 1000");
    Files.delete(receipts);
    Files.move(aside, receipts);
  }

  private void assertWhatDoesNotHoldIsSaid(
      CommandProcess command, Path receipt, String fingerprint, Path input) throws Exception {
    Ended unknown =
        command.run("receipt", "verify", receipt.toString(), "--trust", "11".repeat(32));
    assertThat(unknown.exitCode()).isEqualTo(3);
    // The network that "up" started is the one of the context.
    Ended shown = command.run("receipt", "show", receipt.toString(), "--json", "-");
    assertThat(shown.out()).contains("\"VERIFIED\"");
    Ended known = command.run("receipt", "verify", receipt.toString(), "--json", "-");
    assertThat(known.exitCode()).as(known.err()).isZero();
    assertThat(known.out()).contains("\"VERIFIED\"", "\"re-run by 3 of 3\"", "\"pool\"");
    Path changed = directory.resolve("changed.json");
    Files.writeString(
        changed, Files.readString(receipt).replaceFirst("\"timeMs\" : ", "\"timeMs\" : 1"));
    Ended broken = command.run("receipt", "verify", changed.toString(), "--trust", fingerprint);
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.out()).contains("BROKEN at log");
    Ended otherProgram =
        command.run(
            "receipt",
            "verify",
            receipt.toString(),
            "--rerun",
            "--program",
            input.toString(),
            "--input",
            input.toString());
    assertThat(otherProgram.exitCode()).isEqualTo(1);
    assertThat(otherProgram.out()).contains("✗ program", "BROKEN at program");
    Ended half = command.run("receipt", "verify", receipt.toString(), "--rerun");
    assertThat(half.exitCode()).isEqualTo(ExitCode.USAGE);
    Ended trust = command.run("receipt", "verify", receipt.toString(), "--trust", "me");
    assertThat(trust.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(command.run("receipt", "show", "nowhere.json").exitCode())
        .isEqualTo(ExitCode.FAILURE);
    assertThat(command.run("receipt").exitCode()).isZero();
  }
}
