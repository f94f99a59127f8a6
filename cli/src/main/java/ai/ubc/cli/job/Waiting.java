package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.client.OutcomeMapper;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;

/** The user's jobs on a network, and what of them is kept on this machine. */
final class Waiting {
  private Waiting() {}

  /** Buys and follows jobs of the session's account; secrets are kept in the user's directory. */
  static JobClient client(Session session, Surroundings around) {
    return new JobClient(session, secrets(around));
  }

  /** The same, where a submission is not sent any more when the process is being ended. */
  static JobClient client(Session session, Surroundings around, Departure departure) {
    return new JobClient(session, secrets(around), departure::sends);
  }

  private static SecretStore secrets(Surroundings around) {
    return SecretStore.in(around.home().resolve("secrets"));
  }

  /**
   * Buys a job; where it may not wait because too many others of the account do, the failure says
   * that it is those.
   */
  static long buy(Session session, Departure departure, Departure.Submission submission)
      throws CommandFailure, UbcException, InterruptedException {
    try {
      return departure.buy(submission);
    } catch (LedgerRefused e) {
      throw RefusalMapper.ofWaiting(session, e);
    }
  }

  /**
   * Waits for a job's result, also for an offer to take it.
   *
   * @param departure learns how the job stands, for a Ctrl-C meanwhile
   * @param ifLeft what a Ctrl-C does while the job waits for an offer, for people
   */
  static JobResult await(
      Session session,
      JobClient jobs,
      long job,
      Departure departure,
      Progress progress,
      String ifLeft)
      throws UbcException, InterruptedException {
    try {
      departure.bought(job);
      JobResult result =
          jobs.await(
              job,
              view -> {
                departure.saw(view);
                progress.say(progress(view, session, ifLeft));
              });
      progress.clear();
      return result;
    } catch (JobNotDelivered e) {
      departure.hold(); // it may be us who took it back
      throw e;
    }
  }

  private static String progress(JobView job, Session session, String ifLeft) {
    JobView.Queued queued = job.queued();
    return queued == null || !job.waits()
        ? OutcomeMapper.progress(job)
        : "job "
            + job.job()
            + ": waiting for an offer, "
            + WaitText.terms(queued, session.client())
            + "; "
            + ifLeft
            + " …";
  }
}
