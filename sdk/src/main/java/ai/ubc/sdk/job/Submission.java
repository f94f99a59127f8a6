package ai.ubc.sdk.job;

import ai.ubc.sdk.SignedCommand;
import java.util.OptionalLong;

/**
 * A job's submission as it is kept from before it is sent.
 *
 * @param order what was ordered, as a hash
 * @param command what is sent
 * @param job the job's number; empty while it is not known whether it ran
 */
public record Submission(String order, SignedCommand command, OptionalLong job) {
  /** The same submission, carried out as this job. */
  Submission withJob(long number) {
    return new Submission(order, command, OptionalLong.of(number));
  }
}
