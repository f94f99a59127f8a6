package ai.ubc.gateway.projection;

import ai.ubc.domain.JobState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the states in which a job's row can be. */
public final class JobStates {
  private static final Set<String> NAMES =
      Arrays.stream(JobState.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

  private JobStates() {}

  /** Every name. */
  public static Set<String> names() {
    return NAMES;
  }
}
