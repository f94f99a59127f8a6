package ai.ubc.cli.provider;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobView;
import ai.ubc.api.StandingView;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job went as it did for an account, from what the ledger holds.
 *
 * @param part {@code WON}, {@code DRAWN} or {@code LOST}
 * @param lines the reasons
 */
record WhyMapper(String part, List<String> lines) {
  /** Finds out. */
  static WhyMapper of(UbcClient client, JobView job, int account)
      throws UbcException, InterruptedException {
    if (job.provider() == account) {
      return new WhyMapper("WON", CourseMapper.won(job, client.network()));
    }
    AccountView view = client.account(account, 0).map(Read::value).orElseThrow();
    if (view.registeredSeq() >= job.submittedSeq()) {
      return new WhyMapper(
          "LOST",
          List.of(
              "it was submitted before your account was opened (entry "
                  + view.registeredSeq()
                  + ")"));
    }
    StandingView standing =
        client
            .standing(account, job.submittedSeq(), job.submittedSeq())
            .map(Read::value)
            .orElseThrow();
    List<String> drawn = CourseMapper.drawn(job, account);
    List<String> lines = new ArrayList<>(drawn);
    lines.addAll(CourseMapper.lost(job, account, standing, client.network().parameters()));
    return new WhyMapper(drawn.isEmpty() ? "LOST" : "DRAWN", lines);
  }
}
