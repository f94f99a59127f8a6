package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.client.Answer;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.evidence.KeptReceipt;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobResult;
import java.nio.file.Path;
import java.util.Optional;

/** A command that gives a job's result as its own, and keeps the job's receipt. */
abstract class ResultCommand extends ClientCommand {
  @Override
  protected boolean printsOtherwise() {
    return true;
  }

  /**
   * Waits for a job and hands its result over. The receipt is kept however the job ended, if it
   * ever began.
   *
   * @param out where files go; empty: they are dropped
   * @param ifLeft what a Ctrl-C does while the job waits for an offer, for people
   */
  final Answer result(
      Session session,
      JobClient jobs,
      long job,
      Departure departure,
      Progress progress,
      Optional<Path> out,
      String ifLeft)
      throws CommandFailure, UbcException, InterruptedException {
    note("job", job); // also for whoever stops it while it waits
    JobResult result;
    try {
      result = Waiting.await(session, jobs, job, departure, progress, ifLeft);
    } catch (JobNotDelivered e) {
      progress.clear();
      if (e.job().leased().isPresent()) {
        keepReceipt(session, e.job());
      }
      throw e;
    }
    try {
      return Delivery.asProgram(result, surroundings(), out);
    } finally {
      keepReceipt(session, result.job());
    }
  }

  private void keepReceipt(Session session, JobView job) throws InterruptedException {
    note("receipt", KeptReceipt.ofJob(session, job.job(), job.updatedSeq(), settings()));
  }
}
