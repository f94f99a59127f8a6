package ai.ubc.cli.ledger;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Progress;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.journal.JournalCopy;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Hash32;
import ai.ubc.sequencer.DataDirectory;
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

/**
 * Copies what a network can not be made from again: genesis, journal, keys, the gateway's TLS key,
 * the beacon, bodies and what nodes keep secret. The cluster's log and the projections are made
 * from the journal.
 */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copy a network to a directory, checking every record of its journal.",
      "The network may run meanwhile: the backup then holds everything up to an entry that it names. It contains the network's secret keys."
    })
public final class BackupCommand implements Callable<Integer> {
  private static final Set<String> EVERYTHING = Set.of();
  // What nodes fetch and work with can be fetched again.
  private static final Set<String> OF_NODES_LEFT_OUT = Set.of("cache", "work", "lock");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Where the backup goes; a directory that is not there, or empty.")
  private Path to = Path.of("");

  @Override
  public Integer call() throws CommandFailure {
    NetworkDirectory directory = data.directory();
    Hash32 genesisHash = GenesisFile.hash(directory.genesis());
    Path target = to.toAbsolutePath().normalize();
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try (Progress progress = Progress.onStandardError()) {
      requireOutside(target, directory.root());
      requireVacant(target);
      requireVacant(unfinished);
      Files.deleteIfExists(unfinished);
      FileTrees.createPrivate(unfinished);
      progress.say("copying the journal …");
      NetworkDirectory copy = new NetworkDirectory(unfinished);
      // The journal first: whatever it speaks of was there before, and is copied behind it.
      JournalPosition end = JournalCopy.copy(directory.journal(), genesisHash, copy.journal());
      progress.say("copying keys and bodies …");
      copyRest(directory, copy);
      new BackupNote(genesisHash, end).write(unfinished);
      Manifest manifest = Manifest.of(unfinished);
      manifest.write(unfinished);
      FileTrees.sync(unfinished);
      Files.deleteIfExists(target);
      Files.move(unfinished, target);
      report(end, manifest, target);
    } catch (JournalException e) {
      throw LedgerReport.failure(e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "the backup is not complete, and stays in " + unfinished + ": " + e.getMessage(),
          e);
    }
    return ExitCode.OK;
  }

  // The copy would come upon itself.
  private static void requireOutside(Path target, Path source) throws IOException, CommandFailure {
    if (FileTrees.isWithin(target, source)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          target
              + " lies in the data directory "
              + source
              + ", which is to be backed up; choose another directory with --to");
    }
  }

  private static void requireVacant(Path directory) throws IOException, CommandFailure {
    if (!FileTrees.isVacant(directory)) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          directory + " is not empty; remove it, or choose another directory with --to");
    }
  }

  private static void copyRest(NetworkDirectory from, NetworkDirectory to) throws IOException {
    FileTrees.copy(
        from.root().resolve("genesis.json"), to.root().resolve("genesis.json"), EVERYTHING);
    FileTrees.copy(from.root().resolve("keys"), to.root().resolve("keys"), EVERYTHING);
    FileTrees.copy(
        DataDirectory.beacon(from.sequencer()), DataDirectory.beacon(to.sequencer()), EVERYTHING);
    FileTrees.copy(from.root().resolve("nodes"), to.root().resolve("nodes"), OF_NODES_LEFT_OUT);
    for (String part : new String[] {"blobs/bodies", "blobs/accounts", "keys", "tls"}) {
      Path files = Path.of("gateway").resolve(part);
      FileTrees.copy(from.root().resolve(files), to.root().resolve(files), EVERYTHING);
    }
  }

  private void report(JournalPosition end, Manifest manifest, Path target) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("backed up " + end.seq() + " entries, " + manifest.hashes().size() + " files");
    out.println("chain hash " + end.chain());
    out.println("in " + target);
    out.println("It holds the network's secret keys: keep it where nobody else can read it.");
    out.flush();
  }
}
