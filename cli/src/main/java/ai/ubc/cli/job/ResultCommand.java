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
   * Waits for a job and hands its result over. The receipt is kept however the job ended.
   *
   * @param out where files go; empty: they are dropped
   */
  final Answer result(
      Session session,
      JobClient jobs,
      long job,
      Departure departure,
      Progress progress,
      Optional<Path> out)
      throws CommandFailure, UbcException, InterruptedException {
    JobResult result;
    try {
      result = Waiting.await(jobs, job, departure, progress);
    } catch (JobNotDelivered e) {
      progress.clear();
      keepReceipt(session, e.job());
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
