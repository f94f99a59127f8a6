package ai.ubc.cli.ledger;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Genesis;
import ai.ubc.sequencer.LedgerState;
import ai.ubc.sequencer.LogBegin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a network's data directory from a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Make a network's data directory from a backup: check every file, replay the journal, add up the books.",
      "\"ubc up\" then goes on behind the backup's last entry. Never run the original and the restored network both."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--from", required = true, paramLabel = "DIR", description = "The backup.")
  private Path from = Path.of("");

  @Override
  public Integer call() throws CommandFailure {
    Path backup = from.toAbsolutePath().normalize();
    Path target = data.directory().root().normalize();
    NetworkDirectory unfinished =
        new NetworkDirectory(target.resolveSibling(target.getFileName() + ".unfinished"));
    try (Progress progress = Progress.onStandardError()) {
      BackupNote note = BackupNote.read(backup);
      requireApart(backup, target);
      requireVacant(target);
      requireVacant(unfinished.root());
      progress.say("checking the backup …");
      Manifest.requireUnchanged(backup);
      progress.say("copying …");
      Files.deleteIfExists(unfinished.root());
      FileTrees.createPrivate(unfinished.root());
      FileTrees.copy(backup, unfinished.root(), Set.of(BackupNote.FILE, Manifest.FILE));
      LedgerReport report = replay(unfinished, note, progress);
      LedgerState state = report.replay().state();
      LogBegin.write(
          unfinished.sequencer(), note.end(), state.logTimeMs() + report.replay().outagesMs());
      FileTrees.sync(unfinished.root());
      Files.deleteIfExists(target);
      Files.move(unfinished.root(), target);
      report(state, target);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the network was not restored: " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private static void requireVacant(Path directory) throws IOException, CommandFailure {
    if (!FileTrees.isVacant(directory)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          directory + " is not empty; move it away, or choose another directory with --data");
    }
  }

  private static void requireApart(Path backup, Path target) throws IOException, CommandFailure {
    if (FileTrees.isWithin(target, backup) || FileTrees.isWithin(backup, target)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "the backup "
              + backup
              + " and the data directory "
              + target
              + " lie one in the other; choose another directory with --data");
    }
  }

  private static LedgerReport replay(NetworkDirectory directory, BackupNote note, Progress progress)
      throws CommandFailure, IOException {
    Genesis genesis = directory.genesis();
    if (!GenesisFile.hash(genesis).equals(note.genesisHash())) {
      throw new IOException("its genesis is not the one that the backup was made of");
    }
    LedgerReport report =
        LedgerReport.of(directory.journal(), genesis, new EntryProgress(progress, "replaying, at"));
    LedgerState state = report.replay().state();
    if (!note.end().equals(new JournalPosition(state.seq(), state.chain()))) {
      throw new IOException(
          "its journal ends with entry " + state.seq() + ", not with " + note.end().seq());
    }
    if (!report.audit().isClean()) {
      throw new IOException("its books do not add up: " + report.audit().violations().getFirst());
    }
    return report;
  }

  private void report(LedgerState state, Path target) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("restored " + state.seq() + " entries");
    out.println("state hash " + state.stateHash());
    out.println("in " + target);
    out.println("Start it with: ubc up --data " + target);
    out.flush();
  }
}
