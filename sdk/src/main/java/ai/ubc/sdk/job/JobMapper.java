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

  /** The command that buys the order at the quoted price. */
  static Command submission(
      JobOrder order,
      Quote quote,
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
        quote.units(),
        order.limitPriceMicros().orElse(quote.unitPriceMicros()),
        order.maxCostMicros(),
        runWindowMs(order, quote, parameters),
        0);
  }

  // At least what the network asks for so many units.
  private static long runWindowMs(JobOrder order, Quote quote, GenesisParameters parameters) {
    long least = JobWindows.runWindowLeastMs(parameters, quote.units());
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

  /** Whether the job is decided. */
  static boolean isJudged(JobView job) {
    return job.judgement() != null;
  }

  /** How the job ended without a result that is paid for; empty when it has one. */
  static Optional<String> failure(JobView job) {
    return Optional.ofNullable(job.judgement())
        .map(JobView.Judgement::ending)
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
    long pay = JobAmounts.payRoundedDown(parameters, units, job.priceMicros());
    return pay + JobAmounts.feeRoundedUp(parameters, pay);
  }
}
