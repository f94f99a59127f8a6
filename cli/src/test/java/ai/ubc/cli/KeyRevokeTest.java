package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.AccountView;
import ai.ubc.api.CommandDone;
import ai.ubc.api.JobPage;
import ai.ubc.api.MandatePage;
import ai.ubc.api.MandateView;
import ai.ubc.cli.CommandProcess.Ended;
import ai.ubc.cli.ScriptedGateway.Reply;
import ai.ubc.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a key that is ended, whatever can be read afterwards. */
final class KeyRevokeTest {
  private static final String KEY = "0x00000000000000000000000000000000000000aa";
  private static final String MANDATES = "GET /v1/accounts/7/mandates";
  private static final String COMMANDS = "POST /v1/commands";
  private static final String JOBS = "GET /v1/jobs";
  private static final Reply DONE = Reply.json(new CommandDone(9));
  private static final Reply NO_JOBS = Reply.json(new JobPage(List.of(), null));
  private static final Reply BROKEN = Reply.problem(500, "BROKEN");

  private final ScriptedGateway gateway = new ScriptedGateway();
  @TempDir private Path directory;

  @BeforeEach
  void haveAKeyToEnd() {
    MandateView mandate =
        new MandateView(3, 7, KEY, "LIVE", 5_000_000, 1_000_000, 9, 1, List.of(), 4);
    gateway
        .on(
            "GET /v1/accounts",
            Reply.json(new AccountView(7, KEY, List.of(), 0, 0, 0, List.of(), 1)))
        .on(MANDATES, Reply.json(new MandatePage(List.of(mandate), null)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private Ended revoke() {
    return new CommandHere(Map.of("UBC_HOME", directory.toString()))
        .run(
            "key",
            "revoke",
            "3",
            "--gateway",
            gateway.address().toString(),
            "--json",
            directory.resolve("revoked.json").toString());
  }

  @Test
  void saysWhatTheKeySpent() {
    gateway.on(COMMANDS, DONE).on(JOBS, NO_JOBS);
    assertThat(revoke().out()).isEqualTo("key " + KEY + " is ended; it spent 1 of 5 COMPUTE\n");
  }

  @Test
  void isDoneWhateverCanNotBeReadAfterwards() {
    gateway.on(COMMANDS, DONE).on(MANDATES, BROKEN).on(JOBS, BROKEN);
    Ended ended = revoke();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("key " + KEY + " is ended; what it spent could not be read: BROKEN")
        .contains("wait for an offer could not be listed: BROKEN")
        .contains("\"ubc jobs list\" shows them");
    assertThat(directory.resolve("revoked.json"))
        .content()
        .contains("\"outcome\" : \"DONE\"", "\"key\" : \"" + KEY)
        .doesNotContain("\"mandate\"", "waitingJobs");
  }

  @Test
  void isAFailureWhereTheLedgerDoesNotTakeIt() {
    gateway.on(COMMANDS, Reply.problem(400, "INVALID_REQUEST")).on(JOBS, NO_JOBS);
    Ended ended = revoke();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(ended.err()).startsWith("ubc: INVALID_REQUEST: ");
    assertThat(ended.out()).isEmpty();
  }
}
