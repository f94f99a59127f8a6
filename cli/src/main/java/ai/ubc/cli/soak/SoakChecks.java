package ai.ubc.cli.soak;

import ai.ubc.cli.soak.SoakLoad.Told;
import ai.ubc.cli.text.Accounts;
import ai.ubc.cli.text.Checks;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.JournalAudit;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.UbcException;
import ai.ubc.sequencer.DataDirectory;
import ai.ubc.sequencer.EngineLedger;
import ai.ubc.sequencer.LedgerState;
import ai.ubc.sequencer.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What must hold after a soak, found out from the journal and from what clients were told. */
final class SoakChecks {
  private static final long LOOK_MS = 500;
  private static final int LOOKS_MAX = 360;

  private final SoakLoad load;
  private final Path sequencer;
  private final Genesis genesis;
  private final Hash32 genesisHash;
  private final PrintWriter out;
  private final Checks checks;

  SoakChecks(SoakLoad load, Path network, PrintWriter out) throws IOException {
    this.load = load;
    this.sequencer = network.resolve("sequencer");
    this.genesis = GenesisFile.read(DataDirectory.genesis(sequencer));
    this.genesisHash = GenesisFile.hash(genesis);
    this.out = out;
    this.checks = new Checks(out);
  }

  private JournalFacts facts() {
    return JournalFacts.of(
        DataDirectory.journal(sequencer), genesisHash, load.payer(), load.payee());
  }

  /** Waits until every job has ended, or three minutes. */
  private JournalFacts factsOnceAllJobsEnded() throws InterruptedException {
    JournalFacts facts = facts();
    for (int i = 0; i < LOOKS_MAX && !facts.openJobs().isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      facts = facts();
    }
    return facts;
  }

  /** Checks while the network still runs, after its clients have finished. */
  void whileItRuns(SoakRounds rounds) throws UbcException, InterruptedException {
    JournalFacts facts = factsOnceAllJobsEnded();
    out.println();
    out.println(
        "%d log entries; transfers: %d acknowledged, %d refused, %d unknown to the client"
            .formatted(
                facts.entries(),
                load.transfers(Told.DONE),
                load.transfers(Told.REFUSED),
                load.transfers(Told.NOTHING)));
    out.println(
        "jobs: %d submitted, %d delivered, %d ended without a result, %d orders given up"
            .formatted(
                facts.jobs(),
                load.buyers().delivered(),
                load.buyers().notDelivered(),
                load.buyers().lost()));
    Map<Long, Told> told = load.transfers();
    checks.check(
        "every acknowledged transfer stands in the log exactly once",
        told.entrySet().stream()
            .filter(t -> t.getValue() == Told.DONE)
            .allMatch(t -> facts.transfers().getOrDefault(t.getKey(), 0) == 1));
    checks.check(
        "no refused transfer was carried out, no other one twice",
        told.entrySet().stream()
            .filter(t -> t.getValue() != Told.DONE)
            .allMatch(t ->
                facts.transfers().getOrDefault(t.getKey(), 0)
                    <= (t.getValue() == Told.REFUSED ? 0 : 1)));
    checks.check(
        "every job that a client was told of is in the log, and every job has ended",
        facts.openJobs().isEmpty()
            && load.buyers().submitted().stream().allMatch(job -> job <= facts.jobs()));
    checks.check(
        "log time has left out every outage of the whole network",
        facts.outages() >= rounds.blackouts());
    checks.check("no process outlived its killed parent", rounds.leftBehind().isEmpty());
    AuditReport audit = JournalAudit.of(DataDirectory.journal(sequencer), genesisHash);
    checks.check("money was conserved after every entry", audit.isClean());
    checks.check(
        "the gateway shows every balance as the journal has it",
        Accounts.agree(load.client(), audit, facts.entries()));
  }

  /** Checks what is left on the disk after everything was stopped. */
  void afterTheStop(List<String> notStopped) {
    checks.check("every part stopped when it was told to", notStopped.isEmpty());
    String law = "a fresh engine finds every signature, code and event of the journal again";
    try {
      LedgerState state =
          Replay.run(DataDirectory.journal(sequencer), genesis, EngineLedger.factory());
      checks.check(law, state.seq() > 0);
      out.println("state hash " + state.stateHash() + " at log entry " + state.seq());
    } catch (Replay.DivergedException | JournalException e) {
      checks.check(law + ": " + e.getMessage(), false);
    }
  }

  /** How many checks did not hold. */
  int failed() {
    return checks.failed();
  }
}
