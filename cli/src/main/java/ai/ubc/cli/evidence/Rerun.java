package ai.ubc.cli.evidence;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.files.TemporaryDirectory;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.evidence.MalformedReceiptException;
import ai.ubc.codec.evidence.Receipt;
import ai.ubc.codec.evidence.ReceiptFile;
import ai.ubc.codec.evidence.Supplied;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.seal.SealedJob;
import ai.ubc.domain.Event;
import ai.ubc.provider.node.JobRun;
import ai.ubc.provider.node.Terms;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.provider.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a receipt's job again on this machine, as its provider had to. */
final class Rerun {
  private Rerun() {}

  /**
   * What the job comes to here; empty when the bodies are not those that were ordered, or the
   * receipt orders nothing, which its verification tells.
   *
   * @throws CommandFailure when program or input is missing, or this machine did not finish the run
   */
  static Optional<Supplied.Rerun> of(byte[] file, KeptBodies bodies)
      throws CommandFailure, InterruptedException {
    Path program = bodies.toRun(bodies.program());
    Path input = bodies.toRun(bodies.input());
    try {
      Receipt receipt = ReceiptFile.read(file);
      Optional<Event.JobSubmitted> order = receipt.order();
      if (order.isEmpty()
          || !Sha256.of(program).equals(order.get().program())
          || !Sha256.of(input).equals(order.get().input())) {
        return Optional.empty();
      }
      if (SealedJob.header(Files.readAllBytes(input)).isPresent()) {
        throw new CommandFailure(
            ExitCode.FAILURE,
            "the input is that of a private job, and sealed; what is run again here must be open. Run the job once more with \"ubc run\" instead");
      }
      return Optional.of(run(receipt, order.get(), program, input));
    } catch (MalformedReceiptException e) {
      return Optional.empty();
    } catch (IOException | ProviderFault e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "the job could not be run again: " + e.getMessage(), e);
    }
  }

  private static Supplied.Rerun run(
      Receipt receipt, Event.JobSubmitted order, Path program, Path input)
      throws CommandFailure, IOException, ProviderFault, InterruptedException {
    Terms terms =
        new Terms(
            receipt.job(), order.program(), order.input(), order.itemCount(), order.maxUnits());
    Path directory = TemporaryDirectory.create("ubc-rerun");
    try (WorkerPool workers = new WorkerPool(WorkerSettings.of(1))) {
      List<ItemOutput> items =
          new JobRun(workers, GenesisFile.hash(receipt.genesis()))
              .of(terms, program, input, directory.resolve("input"));
      return new Supplied.Rerun(JobHashes.resultRoot(items), JobHashes.units(items));
    } finally {
      TemporaryDirectory.delete(directory);
    }
  }
}
