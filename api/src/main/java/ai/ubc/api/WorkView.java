package ai.ubc.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account has to do now, most urgent first: the state, so that a node that was away needs
 * no events.
 *
 * @param account whose duties these are
 * @param logTimeMs log time of the answer
 * @param work the duties
 */
public record WorkView(int account, long logTimeMs, List<Duty> work) {
  /** Copies the duties. */
  public WorkView {
    work = List.copyOf(work);
  }

  /**
   * One duty.
   *
   * @param action {@code RUN} (provider: run and commit), {@code REVEAL_SECRET} (requester), {@code
   *     OPEN_RESULT} (provider), {@code SEAL_VERDICT} or {@code OPEN_VERDICT} (drawn validator)
   * @param deadlineMs log time until which it counts
   * @param round the round a verdict belongs to; absent for other actions
   * @param job everything needed to act
   */
  public record Duty(String action, long deadlineMs, @Nullable Integer round, JobView job) {}
}
