package ai.ubc.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, newest first.
 *
 * @param jobs at most the limit that was asked for
 * @param before what to ask for next; absent on the last page
 */
public record JobPage(List<JobView> jobs, @Nullable Long before) {
  /** Copies the jobs. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
