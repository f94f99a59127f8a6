package ai.ubc.cli.job;

import ai.ubc.cli.client.OutcomeMapper;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobResult;
import ai.ubc.sdk.job.SecretStore;
import ai.ubc.sdk.job.SubmissionStore;
import java.nio.file.Path;

/** The user's jobs on a network, and what of them is kept on this machine. */
final class Waiting {
  private Waiting() {}

  /** Buys and follows jobs of the session's account; secrets are kept in the user's directory. */
  static JobClient client(Session session, Surroundings around) {
    return new JobClient(session, SecretStore.in(around.home().resolve("secrets")));
  }

  /** Where submissions under a name are kept, apart for each network and account. */
  static SubmissionStore submissions(Session session, Surroundings around) {
    String network = session.client().network().genesisHash().hex();
    Path directory = around.home().resolve("submissions").resolve(network);
    return SubmissionStore.in(directory.resolve(Integer.toString(session.account())));
  }

  /** Waits for a job's result; a Ctrl-C meanwhile says how to come back. */
  static JobResult await(JobClient jobs, long job, Departure departure, Progress progress)
      throws UbcException, InterruptedException {
    departure.withJob(job);
    JobResult result = jobs.await(job, view -> progress.say(OutcomeMapper.progress(view)));
    progress.clear();
    return result;
  }
}
