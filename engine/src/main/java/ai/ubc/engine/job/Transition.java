package ai.ubc.engine.job;

import ai.ubc.domain.JobState;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param index position in the table
 * @param from state that is left; null before submission
 * @param input what befalls the job
 * @param to state that is entered
 * @param window how long the job may stay there
 * @param action what is done first
 */
record Transition(
    int index, @Nullable JobState from, JobInput input, JobState to, Window window, Action action) {

  /** Code of the state that is left; 0 before submission. */
  int fromCode() {
    return from == null ? 0 : from.code();
  }

  /** Name of the state that is left; {@code [*]} before submission. */
  String fromName() {
    return from == null ? "[*]" : from.name();
  }
}
