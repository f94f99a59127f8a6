package ai.ubc.cli.provider;

import ai.ubc.api.JobView;
import ai.ubc.api.StandingView;
import ai.ubc.cli.text.Amounts;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.sdk.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the ledger holds of a job, in the words of whom it matters to. */
final class CourseMapper {
  private static final int DIGEST_CHARACTERS = 12;

  private CourseMapper() {}

  /** Where a job stands, as its provider sees it. */
  static String phase(JobView job) {
    return switch (JobState.valueOf(job.state())) {
      case WAITING -> "waits for an offer";
      case LEASED -> "is run by you; its result is not committed yet";
      case AWAITING_SECRET -> "is committed; waits for the buyer's secret";
      case AWAITING_BEACON -> "is committed; waits for the draw of validators";
      case SEALING -> "is committed; validators re-run it";
      case OPENING, AWAITING_RESULT -> "waits for you to open the result";
      case HELD -> "is judged " + ending(job) + "; your bond is held until it can not be disputed";
      case CLOSED -> "has ended " + ending(job);
    };
  }

  private static String ending(JobView job) {
    JobView.Judgement judgement = job.judgement();
    return judgement == null ? String.valueOf(job.ending()) : judgement.ending();
  }

  private static JobView.Lease lease(JobView job) {
    return job.leased().orElseThrow();
  }

  /** Whether this ending costs the provider its bond for the job. */
  static boolean isSlashed(String ending) {
    return switch (JobEnding.valueOf(ending)) {
      case FRAUD, WITHHELD, ABANDONED -> true;
      case ACCEPTED, UNCHECKED, CANCELLED, UNMATCHED -> false;
    };
  }

  /** What a judged job will pay its provider once it is settled, micro-COMPUTE; 0 after. */
  static long dueMicros(JobView job, Network network) {
    JobView.Judgement judgement = job.judgement();
    return judgement == null || job.settlement() != null
        ? 0
        : JobAmounts.payRoundedDown(
            network.parameters(), judgement.units(), lease(job).priceMicros());
  }

  /** What came of a job that this provider won, and why. */
  static List<String> won(JobView job, Network network) {
    List<String> lines = new ArrayList<>();
    JobView.Queued queued = job.queued();
    lines.add(
        "you won it: your offer at "
            + price(lease(job).priceMicros())
            + " was the first in the book, cheapest first, that could carry it"
            + (queued == null
                ? ""
                : ", after it had waited for one at no more than "
                    + price(queued.limitPriceMicros())));
    JobView.Judgement judgement = job.judgement();
    if (judgement == null) {
      lines.add("it " + phase(job));
      return lines;
    }
    JobView.Result result = job.result();
    switch (JobEnding.valueOf(judgement.ending())) {
      case ACCEPTED -> lines.add("accepted: " + agreement(job, judgement) + " found your result");
      case UNCHECKED ->
          lines.add(
              job.check().equals("none")
                  ? "nobody checked it, as the buyer asked"
                  : "no check came about in time, so your result counts");
      case FRAUD ->
          lines.add(
              "fraud: "
                  + agreement(job, judgement)
                  + " found another result than yours"
                  + (result == null ? "" : ", " + digest(result.resultRoot()))
                  + "; see theirs with: ubc jobs logs "
                  + job.job());
      case WITHHELD ->
          lines.add(
              "withheld: you committed to a result and did not open it before its time was over. A provider must stay reachable from the commit to the opening");
      case ABANDONED ->
          lines.add(
              "abandoned: no commit of yours came before the deadline. The node was away, or too slow for what it offers, or the program needed more than the machine gave");
      case CANCELLED, UNMATCHED -> throw new IllegalArgumentException("nobody won such a job");
    }
    lines.add(money(job, judgement, network));
    return lines;
  }

  private static String money(JobView job, JobView.Judgement judgement, Network network) {
    JobView.Settlement settlement = job.settlement();
    if (isSlashed(judgement.ending())) {
      return "paid nothing, and "
          + Amounts.compute(Earnings.slashedMicros(job))
          + " of your bond is gone: what checking cost to the validators, the rest burned";
    }
    if (settlement == null) {
      return "not paid yet: the time in which it can be disputed is not over; then you get "
          + Amounts.compute(dueMicros(job, network));
    }
    return "paid "
        + Amounts.cost(settlement.payMicros(), judgement.units())
        + (job.state().equals(JobState.HELD.name())
            ? "; your bond of "
                + Amounts.compute(lease(job).held().providerBondMicros())
                + " returns when it can not be disputed any more"
            : "; your bond of "
                + Amounts.compute(lease(job).held().providerBondMicros())
                + " returned");
  }

  /** What the account did for a job as a drawn validator; empty where it was not drawn. */
  static List<String> drawn(JobView job, int account) {
    List<String> lines = new ArrayList<>();
    for (JobView.Round round : job.rounds()) {
      for (JobView.Drawn drawn : round.validators()) {
        if (drawn.validator() == account) {
          String verdict = drawn.verdict();
          lines.add(
              "you were drawn to check it in round "
                  + round.round()
                  + ": "
                  + (drawn.seal() == null
                      ? "you sealed no verdict in time"
                      : verdict == null
                          ? "you sealed a verdict and did not open it (yet)"
                          : "you opened the verdict " + verdict));
        }
      }
    }
    return lines;
  }

  /**
   * Why a job did not go to this account.
   *
   * @param standing how the account stood when an offer took the job; or when it ended without one;
   *     or stands now
   */
  static List<String> lost(JobView job, int account, StandingView standing, GenesisParameters p) {
    String winner = job.leased().map(CourseMapper::winner).orElseGet(() -> nobody(job));
    if (job.requester() == account) {
      return List.of(winner, "you bought it yourself; nobody's job goes to their own offer");
    }
    if (standing.offers().isEmpty()) {
      return List.of(winner, "you had no offer on the book at that moment");
    }
    List<String> lines = new ArrayList<>(List.of(winner));
    for (StandingView.Offer offer : standing.offers()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "your offer %d at %s: %s",
              offer.order(),
              price(offer.priceMicros()),
              lost(job, offer, standing.providerBondMicros(), p)));
    }
    return lines;
  }

  private static String winner(JobView.Lease lease) {
    return "it went to provider "
        + lease.provider()
        + " at "
        + price(lease.priceMicros())
        + ": jobs take the first offer, cheapest first, then oldest, that can carry them";
  }

  private static String nobody(JobView job) {
    JobView.Queued queued = Objects.requireNonNull(job.queued(), "without a lease it waits");
    String offer =
        "an offer at no more than "
            + price(queued.limitPriceMicros())
            + " with "
            + Amounts.units(job.maxUnits())
            + " left";
    return switch (ending(job)) {
      case "CANCELLED" -> "nobody won it: it waited for " + offer + " until its buyer took it back";
      case "UNMATCHED" -> "nobody won it: there was not " + offer + " while it waited";
      default -> "nobody has won it yet: it waits for " + offer;
    };
  }

  // What an offer may ask at most to be taken before all others.
  private static long toBeatMicros(JobView job) {
    return job.leased()
        .map(JobView.Lease::priceMicros)
        .orElseGet(
            () -> Objects.requireNonNull(job.queued(), "without a lease").limitPriceMicros());
  }

  private static String lost(
      JobView job, StandingView.Offer offer, long bondMicros, GenesisParameters p) {
    long toBeat = toBeatMicros(job);
    if (offer.priceMicros() > toBeat) {
      return "asked more";
    }
    if (offer.remainingUnits() < job.maxUnits()) {
      return "had "
          + Amounts.units(offer.remainingUnits())
          + " left, and the job may need "
          + Amounts.units(job.maxUnits());
    }
    long price = JobAmounts.priceHeldRoundedUp(p, job.maxUnits(), offer.priceMicros());
    Tier tier = job.check().equals("none") ? Tier.NONE : Tier.QUORUM;
    long bond = JobAmounts.providerBondRoundedUp(p, tier, price, job.validators());
    if (bondMicros < bond) {
      return "could have carried it, but your free bond was "
          + Amounts.compute(bondMicros)
          + ", and the job needs "
          + Amounts.compute(bond);
    }
    if (job.leased().isEmpty()) {
      return job.check().equals("none")
          ? "could carry it; the key that bought it had lost its right to begin jobs, or many wait before it"
          : "could carry it, but too few validators with bonds enough could be drawn";
    }
    return offer.priceMicros() == toBeat
        ? "asked the same, but the other offer is older"
        : "stood too far back in the book";
  }

  private static String agreement(JobView job, JobView.Judgement judgement) {
    int drawn = job.rounds().isEmpty() ? 0 : job.rounds().getLast().validators().size();
    return String.format(
        Locale.ROOT,
        "of %d drawn validators those with %.0f %% of the bond",
        drawn,
        judgement.drawnMicros() == 0
            ? 0.0
            : 100.0 * judgement.agreedMicros() / judgement.drawnMicros());
  }

  private static String price(long priceMicros) {
    return Amounts.unitPriceAlone(priceMicros) + " for 1 G";
  }

  private static String digest(String hash) {
    return hash.length() > DIGEST_CHARACTERS ? hash.substring(0, DIGEST_CHARACTERS) + "…" : hash;
  }
}
