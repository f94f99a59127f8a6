package ai.ubc.cli.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.StandingView;
import ai.ubc.domain.GenesisParameters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WhyTest {
  private static final int ME = 7;
  private static final int BUYER = 3;
  private static final int WINNER = 5;
  private static final long UNITS = 1_000_000;
  private static final long PRICE = 1_000;
  private static final long BOND = 500_000;
  private static final GenesisParameters PARAMETERS = GenesisParameters.development();

  private static JobView.Judgement judgement(String ending) {
    return new JobView.Judgement(20, ending, UNITS, 2, 3);
  }

  private static JobView job(
      int requester,
      int provider,
      JobView.@Nullable Judgement judgement,
      JobView.@Nullable Settlement settlement,
      JobView.Posting... postings) {
    return new JobView(
        11,
        11L,
        settlement == null && judgement != null ? "HELD" : "CLOSED",
        0,
        requester,
        provider,
        "0x01",
        "0x02",
        "0x03",
        1,
        "none",
        0,
        "VALIDATORS",
        UNITS,
        PRICE,
        new JobView.Held(PRICE, 20, 0, 50, BOND),
        null,
        10,
        1_000,
        20,
        null,
        null,
        List.of(),
        null,
        judgement,
        settlement,
        null,
        List.of(new JobView.StateChange(20, 86_400_000, "CLOSED", 0)),
        List.of(postings));
  }

  private static StandingView standing(long bondMicros, StandingView.Offer... offers) {
    return new StandingView(ME, 10, bondMicros, List.of(offers));
  }

  private static StandingView.Offer offer(long price, long units) {
    return new StandingView.Offer(1, price, units, 5);
  }

  private static List<String> lost(StandingView standing) {
    return CourseMapper.lost(job(BUYER, WINNER, null, null), ME, standing, PARAMETERS);
  }

  @Test
  void aLostJobIsExplainedByWhatStoodInTheWay() {
    assertThat(lost(standing(0)).getLast()).contains("no offer on the book");
    assertThat(lost(standing(BOND, offer(PRICE + 1, UNITS))).getLast())
        .contains("your offer 1", "asked more");
    assertThat(lost(standing(BOND, offer(PRICE - 1, UNITS - 1))).getLast())
        .contains("the job may need 1.0 M");
    assertThat(lost(standing(1, offer(PRICE - 1, UNITS))).getLast())
        .contains("your free bond was 0.000001 COMPUTE");
    assertThat(lost(standing(1_000_000_000, offer(PRICE, UNITS))).getLast())
        .contains("the other offer is older");
    StandingView good = standing(BOND, offer(PRICE - 1, UNITS));
    assertThat(CourseMapper.lost(job(ME, WINNER, null, null), ME, good, PARAMETERS).getLast())
        .contains("you bought it yourself");
  }

  private static JobView waited(String state, @Nullable String ending) {
    return new JobView(
        12,
        null,
        state,
        0,
        BUYER,
        null,
        "0x01",
        "0x02",
        "0x03",
        1,
        "none",
        0,
        "VALIDATORS",
        UNITS,
        null,
        null,
        new JobView.Queued(PRICE, BOND, 99_000),
        10,
        1_000,
        20,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        ending,
        List.of(),
        List.of());
  }

  @Test
  void aJobThatNobodyWonIsExplainedByItsLimitAndWhatYoursAsked() {
    StandingView dear = standing(BOND, offer(PRICE + 1, UNITS));
    for (List<String> lines :
        List.of(
            CourseMapper.lost(waited("WAITING", null), ME, dear, PARAMETERS),
            CourseMapper.lost(waited("CLOSED", "UNMATCHED"), ME, dear, PARAMETERS),
            CourseMapper.lost(waited("CLOSED", "CANCELLED"), ME, dear, PARAMETERS))) {
      assertThat(lines.getFirst()).startsWith("nobody").contains("an offer at no more than");
      assertThat(lines.getLast()).contains("your offer 1", "asked more");
    }
    assertThat(lost(waited("WAITING", null), standing(BOND, offer(PRICE, UNITS))))
        .contains("many wait before it");
  }

  private static String lost(JobView job, StandingView standing) {
    return CourseMapper.lost(job, ME, standing, PARAMETERS).getLast();
  }

  @Test
  void whatASlashedJobCostIsTheBondThatDidNotReturn() {
    JobView slashed =
        job(BUYER, ME, judgement("ABANDONED"), new JobView.Settlement(20, 0, 0, BOND, 0));
    JobView paid =
        job(
            BUYER,
            ME,
            judgement("ACCEPTED"),
            new JobView.Settlement(20, PRICE, 20, 10, 0),
            new JobView.Posting(20, 2, BOND, "LOCK", 4, "BOND_PROVIDER", ME, "BOND_RETURN"));
    JobView held = job(BUYER, ME, judgement("UNCHECKED"), null);
    JobView running = job(BUYER, ME, null, null);
    Earnings.Tally tally = new Earnings.Tally(2, job -> 9);
    List.of(slashed, paid, held, running).forEach(tally::add);
    Earnings earnings = tally.earnings();
    assertThat(earnings.jobs()).hasSize(2);
    assertThat(earnings.total()).isEqualTo(new Earnings.Sum(3, 3 * UNITS, PRICE, 27, BOND));
    assertThat(earnings.days()).containsOnlyKeys(LocalDate.of(1970, 1, 2));
    assertThat(Earnings.slashedMicros(paid)).isZero();
  }

  @Test
  void jobsAreReadPageByPageUpToACapAndTheCapIsSaid() throws Exception {
    JobView ran = job(BUYER, ME, judgement("UNCHECKED"), null);
    JobView bought = job(ME, WINNER, judgement("UNCHECKED"), null);
    List<Long> asked = new ArrayList<>();
    EarningsCommand.Pages pages =
        before -> {
          asked.add(before);
          return new JobPage(List.of(bought, ran), before == 0 ? 8L : before - 2);
        };
    Earnings.Tally tally = new Earnings.Tally(1, job -> 0);
    assertThat(EarningsCommand.read(pages, 3, ME, tally)).isFalse();
    assertThat(asked).containsExactly(0L, 8L, 6L);
    assertThat(tally.jobs()).isEqualTo(3);
    assertThat(tally.earnings().jobs()).hasSize(1);
    assertThat(shown(tally.earnings(), false))
        .contains("Only the newest 100,000 jobs of your account", "the newest 3 jobs");
    assertThat(shown(new Earnings.Tally(1, job -> 0).earnings(), false))
        .contains("Only the newest", "None of them");

    Earnings.Tally all = new Earnings.Tally(0, job -> 0);
    assertThat(EarningsCommand.read(before -> new JobPage(List.of(ran), null), 1, ME, all))
        .isTrue();
    assertThat(shown(all.earnings(), true)).startsWith("1970-01-02").contains("all 1 jobs");
  }

  private static String shown(Earnings earnings, boolean isWhole) {
    StringWriter text = new StringWriter();
    EarningsCommand.show(earnings, isWhole, new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void aLockedBondIsToldWithTheOffersThatAreGone() {
    assertThat(WithdrawCommand.locked(List.of(3L, 14L), 60_000))
        .contains("off the book already", "3, 14", "Run the same again");
    assertThat(WithdrawCommand.locked(List.of(), 60_000)).contains("Nothing was changed");
  }
}
