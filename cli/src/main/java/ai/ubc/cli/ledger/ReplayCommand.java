package ai.ubc.cli.ledger;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Amounts;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.audit.AssetTotals;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.Violation;
import ai.ubc.domain.AmountText;
import ai.ubc.sequencer.DirectoryLock;
import ai.ubc.sequencer.LedgerState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Makes the ledger anew from the journal alone. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Make the ledger anew from the journal alone, and check every answer.",
      "Archived segments are read too. Every signature, answer and event is checked, and the books are added up. Changes nothing; the network may run meanwhile.",
      "Ends with 0 when everything holds, 1 when something does not, 125 when the journal is damaged."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Where old segments of the journal are. Default: the archive that the journal names.")
  private @Nullable Path archive;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailure {
    NetworkDirectory directory = data.directory();
    requireArchive();
    LedgerReport report;
    try (Progress progress = Progress.onStandardError()) {
      report =
          LedgerReport.of(
              directory.journal(),
              archive,
              directory.genesis(),
              new EntryProgress(progress, "replaying, at"));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asMap(report)));
    } else {
      print(report, out);
    }
    out.flush();
    requireWholeEnd(directory, report);
    return report.audit().isClean() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private void requireArchive() throws CommandFailure {
    if (archive != null && !Files.isDirectory(archive)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          archive
              + " is no directory; name with --archive the one with the journal's old segments");
    }
  }

  // While the network runs, a record may be half written at any moment.
  private static void requireWholeEnd(NetworkDirectory directory, LedgerReport report)
      throws CommandFailure {
    long unfinished = report.replay().unfinishedBytes();
    if (unfinished > 0 && !DirectoryLock.isTaken(directory.sequencer())) {
      throw new CommandFailure(
          ExitCode.CHECK_FAILED,
          report.replay().end()
              + ": the last "
              + unfinished
              + " bytes are no whole record. A crash cut them off, or they are damaged; the next"
              + " start of the network fills the journal up from its log, or says that it can not");
    }
  }

  private static void print(LedgerReport report, PrintWriter out) {
    LedgerState state = report.replay().state();
    AuditReport audit = report.audit();
    out.println("entries      " + state.seq() + ", log time " + time(state));
    out.println("signatures   " + report.replay().signatures() + " checked, each by its signer");
    out.println("state hash   " + state.stateHash());
    out.println("chain hash   " + state.chain());
    for (AssetTotals asset : audit.assets()) {
      out.println(
          "conservation "
              + (asset.isConserved() ? "holds: " : "FAILED: ")
              + AmountText.plain(asset.genesis())
              + " "
              + Amounts.symbol(asset.asset())
              + " = "
              + AmountText.plain(asset.free())
              + " free + "
              + AmountText.plain(asset.providerBonds().add(asset.validatorBonds()))
              + " bonded + "
              + AmountText.plain(asset.locks())
              + " locked + "
              + AmountText.plain(asset.burned())
              + " burned");
    }
    out.println("jobs         " + audit.openJobs() + " open");
    for (Violation violation : audit.violations()) {
      out.println("FAILED       " + violation);
    }
    out.println(
        audit.isClean()
            ? "Everything holds."
            : audit.violationCount() + " laws were broken; the first are above.");
  }

  private static String time(LedgerState state) {
    return Instant.ofEpochMilli(state.logTimeMs()).toString();
  }

  private static Map<String, Object> asMap(LedgerReport report) {
    LedgerState state = report.replay().state();
    AuditReport audit = report.audit();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seq", state.seq());
    map.put("logTimeMs", state.logTimeMs());
    map.put("stateHash", state.stateHash().toString());
    map.put("chainHash", state.chain().toString());
    map.put("signatures", report.replay().signatures());
    map.put("unfinishedBytes", report.replay().unfinishedBytes());
    map.put("assets", audit.assets().stream().map(ReplayCommand::asMap).toList());
    map.put("openJobs", audit.openJobs());
    map.put("violationCount", audit.violationCount());
    map.put("violations", audit.violations().stream().map(Violation::toString).toList());
    map.put("holds", audit.isClean());
    return map;
  }

  private static Map<String, Object> asMap(AssetTotals asset) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("asset", Amounts.symbol(asset.asset()));
    List.of(
            Map.entry("genesisMicros", asset.genesis()),
            Map.entry("freeMicros", asset.free()),
            Map.entry("providerBondsMicros", asset.providerBonds()),
            Map.entry("validatorBondsMicros", asset.validatorBonds()),
            Map.entry("locksMicros", asset.locks()),
            Map.entry("burnedMicros", asset.burned()))
        .forEach(amount -> map.put(amount.getKey(), amount.getValue()));
    map.put("conserved", asset.isConserved());
    return map;
  }
}
