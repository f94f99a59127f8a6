package ai.ubc.cli.provider;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobView;
import ai.ubc.api.StandingView;
import ai.ubc.domain.JobState;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job went as it did for an account, from what the ledger holds.
 *
 * @param part {@code WON}, {@code DRAWN}, {@code LOST}, or {@code NOBODYS} where no offer has taken
 *     it
 * @param lines the reasons
 */
record WhyMapper(String part, List<String> lines) {
  /** Finds out. */
  static WhyMapper of(UbcClient client, Read<JobView> read, int account)
      throws UbcException, InterruptedException {
    JobView job = read.value();
    if (job.isRunBy(account)) {
      return new WhyMapper("WON", CourseMapper.won(job, client.network()));
    }
    List<String> drawn = CourseMapper.drawn(job, account);
    String part = job.leased().isEmpty() ? "NOBODYS" : drawn.isEmpty() ? "LOST" : "DRAWN";
    long decidedSeq = decidedSeq(read);
    AccountView view = client.account(account, 0).map(Read::value).orElseThrow();
    if (view.registeredSeq() >= decidedSeq) {
      return new WhyMapper(
          part,
          List.of(
              "it was decided before your account was opened (entry "
                  + view.registeredSeq()
                  + ")"));
    }
    StandingView standing =
        client.standing(account, decidedSeq, job.updatedSeq()).map(Read::value).orElseThrow();
    List<String> lines = new ArrayList<>(drawn);
    lines.addAll(CourseMapper.lost(job, account, standing, client.network().parameters()));
    return new WhyMapper(part, lines);
  }

  // The entry by which an offer took it, or it ended without one; while it waits, the next.
  private static long decidedSeq(Read<JobView> job) {
    return job.value().history().stream()
        .filter(change -> !change.state().equals(JobState.WAITING.name()))
        .mapToLong(JobView.StateChange::seq)
        .findFirst()
        .orElse(job.seq() + 1);
  }
}
