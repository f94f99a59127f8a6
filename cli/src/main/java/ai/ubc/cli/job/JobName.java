package ai.ubc.cli.job;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.Surroundings;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.job.Submission;
import ai.ubc.sdk.job.SubmissionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which job: its number, or the name that it was bought under on this machine. */
final class JobName {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "The job's number.")
  private @Nullable Long number;

  @Option(
      names = "--id",
      paramLabel = "KEY",
      description = "Instead of the number: the name that \"run --id\" gave it on this machine.")
  private @Nullable String key;

  /** The job's number. */
  long number(Session session, Surroundings around) throws CommandFailure {
    if ((number == null) == (key == null)) {
      throw new CommandFailure(ExitCode.USAGE, "name one job: by its number, or by --id KEY");
    }
    if (key != null && key.isBlank()) {
      throw new CommandFailure(ExitCode.USAGE, "--id: a name is not empty");
    }
    return number == null ? kept(String.valueOf(key), session, around) : number;
  }

  private static long kept(String key, Session session, Surroundings around) throws CommandFailure {
    Optional<Submission> submission;
    try (SubmissionStore.Slot slot = submissions(session, around).open(key)) {
      submission = slot.submission();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILURE, "--id " + key + " can not be looked up: " + e.getMessage(), e);
    }
    return submission
        .orElseThrow(() ->
            CommandFailure.of(
                ExitCode.FAILURE,
                "UNKNOWN_ID",
                "no job was bought as " + key + " with this key on this machine",
                null))
        .job()
        .orElseThrow(() ->
            CommandFailure.of(
                ExitCode.FAILURE,
                "UNKNOWN_ID",
                "it is not known whether the job "
                    + key
                    + " was bought; the same \"ubc run --id "
                    + key
                    + "\" finds out",
                null));
  }

  /** Where submissions under a name are kept, apart for each network and account. */
  static SubmissionStore submissions(Session session, Surroundings around) {
    String network = session.client().network().genesisHash().hex();
    Path directory = around.home().resolve("submissions").resolve(network);
    return SubmissionStore.in(directory.resolve(Integer.toString(session.account())));
  }
}
