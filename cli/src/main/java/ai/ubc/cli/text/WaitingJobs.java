package ai.ubc.cli.text;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The jobs of an account that wait for an offer.
 *
 * @param jobs their numbers, the newest first
 * @param isWhole whether these are all; the ledger lets fewer wait than are asked for, so they are
 *     unless it comes to allow more
 */
public record WaitingJobs(List<Long> jobs, boolean isWhole) {
  private static final int SHOWN_MAX = 100;

  /** Copies the numbers. */
  public WaitingJobs {
    jobs = List.copyOf(jobs);
  }

  /**
   * Those of an account.
   *
   * @param after position of an entry that the answer must cover; 0 for none
   */
  public static WaitingJobs of(UbcClient client, int account, long after)
      throws UbcException, InterruptedException {
    JobPage page = client.waitingJobs(account, SHOWN_MAX, after).value();
    return new WaitingJobs(page.jobs().stream().map(JobView::job).toList(), page.before() == null);
  }

  /** Their numbers, such as {@code 7, 5, 2}; where these are not all, it says so. */
  public String text() {
    String numbers = jobs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return isWhole ? numbers : numbers + ", and older ones";
  }
}
