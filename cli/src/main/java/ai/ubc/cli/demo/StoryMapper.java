package ai.ubc.cli.demo;

import ai.ubc.api.JobView;
import ai.ubc.cli.text.Amounts;
import ai.ubc.domain.Cause;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what the ledger holds of a job's course and end. */
final class StoryMapper {
  private StoryMapper() {}

  /** Whether the drawn swarm agreed on another result than the provider's. */
  static boolean isFraud(JobView job) {
    return ending(job).filter(e -> e == JobEnding.FRAUD).isPresent();
  }

  /** Whether the drawn swarm stands behind the job's result. */
  static boolean isAccepted(JobView job) {
    return ending(job).filter(e -> e == JobEnding.ACCEPTED).isPresent();
  }

  /** Whether the provider never committed to a result. */
  static boolean isAbandoned(JobView job) {
    return ending(job).filter(e -> e == JobEnding.ABANDONED).isPresent();
  }

  /** Whether the provider kept its result. */
  static boolean isWithheld(JobView job) {
    return ending(job).filter(e -> e == JobEnding.WITHHELD).isPresent();
  }

  /** Whether the job was settled and its provider got nothing. */
  static boolean isFree(JobView job) {
    return job.settlement() != null && job.settlement().payMicros() == 0;
  }

  /** Whether nothing of the job is open any more. */
  static boolean isClosed(JobView job) {
    return JobState.valueOf(job.state()) == JobState.CLOSED;
  }

  private static Optional<JobEnding> ending(JobView job) {
    return Optional.ofNullable(job.judgement()).map(j -> JobEnding.valueOf(j.ending()));
  }

  /** What a drawn validator did. */
  static String verdict(JobView.Drawn drawn, JobView.@Nullable Result result) {
    String verdict = drawn.verdict();
    if (verdict == null) {
      return drawn.seal() == null ? "nothing sealed" : "sealed, not opened";
    }
    return switch (Verdict.valueOf(verdict)) {
      case DIGEST -> digest(drawn, result);
      case UNAVAILABLE -> "unavailable";
      case INVALID -> "invalid";
    };
  }

  private static String digest(JobView.Drawn drawn, JobView.@Nullable Result result) {
    long units = Optional.ofNullable(drawn.units()).orElse(0L);
    String root = shortened(String.valueOf(drawn.resultRoot()));
    boolean same =
        result != null && result.resultRoot().equals(drawn.resultRoot()) && result.units() == units;
    return (result == null ? "result " + root : same ? "the same result" : "ANOTHER result " + root)
        + ", "
        + Amounts.units(units)
        + " units";
  }

  /** How a job was decided. */
  static String judged(JobView.Judgement judgement) {
    long agreed =
        judgement.drawnMicros() == 0 ? 0 : judgement.agreedMicros() * 100 / judgement.drawnMicros();
    JobEnding ending = JobEnding.valueOf(judgement.ending());
    String what =
        switch (ending) {
          case ACCEPTED -> agreed + " % of the drawn weight re-ran it and agrees";
          case FRAUD -> agreed + " % of the drawn weight agrees on another result";
          case UNCHECKED -> "nobody re-ran this";
          case WITHHELD -> "the provider did not open its result";
          case ABANDONED -> "the provider never committed";
          case CANCELLED -> "taken back while it waited";
          case UNMATCHED -> "no offer could carry it";
        };
    return ending + ": " + what;
  }

  /** Where the money of a job's escrow went. */
  static String settled(List<JobView.Posting> postings) {
    Map<Cause, Long> sums =
        postings.stream()
            .collect(
                Collectors.groupingBy(
                    posting -> Cause.valueOf(posting.cause()),
                    () -> new EnumMap<>(Cause.class),
                    Collectors.summingLong(JobView.Posting::amountMicros)));
    return List.of(
            Cause.PAY,
            Cause.CHECKING,
            Cause.FEE,
            Cause.REMAINDER,
            Cause.BURN,
            Cause.SLASH,
            Cause.REFUND)
        .stream()
        .filter(cause -> sums.getOrDefault(cause, 0L) != 0)
        .map(cause -> Amounts.plain(sums.getOrDefault(cause, 0L)) + ' ' + share(cause))
        .collect(Collectors.joining(", "));
  }

  private static String share(Cause cause) {
    return switch (cause) {
      case PAY -> "to the provider";
      case CHECKING -> "to validators";
      case FEE -> "fee to the treasury";
      case REMAINDER -> "remainder to the treasury";
      case BURN -> "of the fee burned";
      case SLASH -> "of the bond BURNED";
      case REFUND -> "back to the agent";
      case GENESIS, TRANSFER, BOND, UNBOND, ESCROW, BOND_RETURN, ORDER_RETURN ->
          throw new IllegalArgumentException(cause + " does not settle a job");
    };
  }

  /** A hash as far as people compare it. */
  static String shortened(String hash) {
    return hash.substring(0, Math.min(hash.length(), 12)) + "…";
  }
}
