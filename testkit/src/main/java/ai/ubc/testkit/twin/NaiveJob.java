package ai.ubc.testkit.twin;

import ai.ubc.domain.Command.SubmitJob;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An open job: what was asked for, what was agreed, and how far it has come. */
final class NaiveJob {
  /**
   * What was asked for.
   *
   * @param mandate number of the mandate of who submitted it; 0 for the owner
   */
  record Order(long number, int requester, long mandate, SubmitJob command) {}

  /** What was agreed with a provider; amounts in micro-COMPUTE. */
  record Terms(
      int provider,
      long priceMicros,
      BigInteger price,
      BigInteger fee,
      BigInteger checking,
      BigInteger deposit,
      BigInteger providerBond) {}

  /** What the provider opened. */
  record Result(Hash32 root, long units) {}

  /** What a validator opened. */
  record Opinion(Verdict verdict, Hash32 root, long units) {}

  /** A validator drawn in the current round. */
  static final class Judge {
    final int account;
    final BigInteger weight;
    Optional<NaiveLock> lock = Optional.empty();
    Optional<Hash32> seal = Optional.empty();
    Optional<Opinion> opinion = Optional.empty();

    Judge(int account, BigInteger weight) {
      this.account = account;
      this.weight = weight;
    }
  }

  final Order order;
  private Optional<Terms> terms = Optional.empty();
  final Map<LockKind, NaiveLock> locks = new EnumMap<>(LockKind.class);
  final TreeSet<Integer> drawnEver = new TreeSet<>();
  final List<Judge> judges = new ArrayList<>();
  @Nullable JobState state;
  long deadlineMs;
  long awaitsBeaconSince;
  int round;
  Hash32 saltedResult = Hash32.ZERO;
  Hash32 itemsRoot = Hash32.ZERO;
  Optional<Hash32> secret = Optional.empty();
  Optional<Result> result = Optional.empty();
  Optional<JobEnding> ending = Optional.empty();

  NaiveJob(Order order) {
    this.order = order;
  }

  void agree(Terms agreed) {
    terms = Optional.of(agreed);
  }

  /** Of a job that has a provider. */
  Terms terms() {
    return terms.orElseThrow();
  }

  /** Whether this is its provider; a job that waits has none. */
  boolean isProvider(int account) {
    return terms.filter(agreed -> agreed.provider() == account).isPresent();
  }

  long number() {
    return order.number();
  }

  int requester() {
    return order.requester();
  }

  Tier tier() {
    return Tier.of(order.command().tier());
  }

  int validators() {
    return order.command().validators();
  }

  long maxUnits() {
    return order.command().maxUnits();
  }

  Optional<Judge> judge(int account) {
    return judges.stream().filter(judge -> judge.account == account).findFirst();
  }
}
