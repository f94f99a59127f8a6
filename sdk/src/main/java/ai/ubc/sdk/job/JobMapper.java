package ai.ubc.sdk.job;

import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns orders and quotes into commands, and what a gateway says of a job into what it means. */
final class JobMapper {
  private JobMapper() {}

  /**
   * How a submission goes to the market.
   *
   * @param units units to buy, at most
   * @param limitPriceMicros the highest price of 1,000,000 units, micro-COMPUTE
   * @param waitMs how long it may wait for an offer, milliseconds; 0 where one is taken now or none
   */
  record Terms(long units, long limitPriceMicros, long waitMs) {}

  /** The terms that take the quoted offer, or one as good. */
  static Terms terms(JobOrder order, Quote quote) {
    return new Terms(quote.units(), order.limitPriceMicros().orElse(quote.unitPriceMicros()), 0);
  }

  /** What an order asks of the market. */
  static WaitTerms.Ask ask(JobOrder order, int requester) {
    return new WaitTerms.Ask(
        requester,
        order.validators(),
        order.maxCostMicros(),
        order.maxUnits(),
        order.limitPriceMicros());
  }

  /** The command that buys the order. */
  static Command submission(
      JobOrder order,
      Terms terms,
      Hash32 program,
      Hash32 input,
      Hash32 secretHash,
      GenesisParameters parameters) {
    return new Command.SubmitJob(
        program,
        input,
        secretHash,
        Genesis.CLASS_WASI,
        order.items().size(),
        order.tier().code(),
        order.validators(),
        order.inputPolicy().code(),
        terms.units(),
        terms.limitPriceMicros(),
        order.maxCostMicros(),
        runWindowMs(order, terms.units(), parameters),
        terms.waitMs());
  }

  // At least what the network asks for so many units.
  private static long runWindowMs(JobOrder order, long units, GenesisParameters parameters) {
    long least = JobWindows.runWindowLeastMs(parameters, units);
    return Math.min(Math.max(order.runWindowMs(), least), parameters.runWindowMaxMs());
  }

  /**
   * Accounts whose offers may be taken for an order at this quote, the quoted one first: offers at
   * its limit price that carry the units.
   */
  static List<Integer> candidates(
      MarketView market, Quote quote, JobOrder order, int requester, int most) {
    long limit = order.limitPriceMicros().orElse(quote.unitPriceMicros());
    return Stream.concat(
            Stream.of(quote.provider()),
            market.offers().stream()
                .filter(o -> o.priceMicros() <= limit && o.remainingUnits() >= quote.units())
                .map(MarketView.Offer::account)
                .filter(account -> account != requester))
        .distinct()
        .limit(most)
        .toList();
  }

  /** Validators of the current round that have to seal; none in other states. */
  static List<Integer> drawn(JobView job) {
    return job.state().equals(JobState.SEALING.name()) && !job.rounds().isEmpty()
        ? job.rounds().getLast().validators().stream().map(JobView.Drawn::validator).toList()
        : List.of();
  }

  /** Whether the secret of the job is waited for. */
  static boolean isAwaitingSecret(JobView job) {
    return job.state().equals(JobState.AWAITING_SECRET.name());
  }

  /** The hash of the requester's secret. */
  static Hash32 secretHash(JobView job) {
    return Hash32.parse(job.secretHash());
  }

  /** Whether the job is decided: judged, or at an end without a lease. */
  static boolean isDecided(JobView job) {
    return job.judgement() != null || job.ending() != null;
  }

  /** How the job was decided; empty before. */
  private static Optional<String> ending(JobView job) {
    return Optional.ofNullable(job.judgement())
        .map(JobView.Judgement::ending)
        .or(() -> Optional.ofNullable(job.ending()));
  }

  /** What came of taking the job back, by the job as it stands behind that. */
  static Cancellation cancellation(JobView job) {
    if (job.leased().isPresent()) {
      return Cancellation.TAKEN;
    }
    return ending(job).filter(JobEnding.CANCELLED.name()::equals).isPresent()
        ? Cancellation.TAKEN_BACK
        : Cancellation.UNMATCHED;
  }

  /** Whether the job ended while it waited: no offer took it, it cost nothing and never runs. */
  static boolean hasEndedUnleased(JobView job) {
    return job.leased().isEmpty()
        && ending(job)
            .map(JobEnding::valueOf)
            .filter(it -> it == JobEnding.CANCELLED || it == JobEnding.UNMATCHED)
            .isPresent();
  }

  /** How the job ended without a result that is paid for; empty when it has one. */
  static Optional<String> failure(JobView job) {
    return ending(job)
        .filter(ending ->
            switch (JobEnding.valueOf(ending)) {
              case ACCEPTED, UNCHECKED -> false;
              case FRAUD, WITHHELD, ABANDONED, CANCELLED, UNMATCHED -> true;
            });
  }

  /** Whether the items are what the provider opened on the ledger. */
  static boolean isOpened(JobView job, List<ItemOutput> items) {
    return Optional.ofNullable(job.result())
        .filter(r -> Hash32.parse(r.resultRoot()).equals(JobHashes.resultRoot(items)))
        .filter(r -> r.units() == JobHashes.units(items))
        .isPresent();
  }

  /** What the job costs, as settled or as it will be. */
  static long priceMicros(JobView job, GenesisParameters parameters) {
    JobView.Settlement settlement = job.settlement();
    if (settlement != null) {
      return settlement.payMicros() + settlement.feeMicros() + settlement.checkingMicros();
    }
    long units = Optional.ofNullable(job.judgement()).map(JobView.Judgement::units).orElse(0L);
    long price = job.leased().map(JobView.Lease::priceMicros).orElse(0L);
    long pay = JobAmounts.payRoundedDown(parameters, units, price);
    return pay + JobAmounts.feeRoundedUp(parameters, pay);
  }
}
