package ai.ubc.testkit.twin;

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

/** An open job: what was submitted, and how far it has come. */
final class NaiveJob {
  /** What was agreed at the submission; amounts in micro-COMPUTE. */
  record Terms(
      long number,
      int requester,
      int provider,
      Hash32 secretHash,
      Tier tier,
      int validators,
      long maxUnits,
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

  final Terms terms;
  final Map<LockKind, NaiveLock> locks = new EnumMap<>(LockKind.class);
  final TreeSet<Integer> drawnEver = new TreeSet<>();
  final List<Judge> judges = new ArrayList<>();
  @Nullable JobState state;
  long deadlineMs;
  // Number of the mandate of who submitted it; 0 for the owner.
  long mandate;
  long awaitsBeaconSince;
  int round;
  Hash32 saltedResult = Hash32.ZERO;
  Hash32 itemsRoot = Hash32.ZERO;
  Optional<Hash32> secret = Optional.empty();
  Optional<Result> result = Optional.empty();
  Optional<JobEnding> ending = Optional.empty();

  NaiveJob(Terms terms) {
    this.terms = terms;
  }

  long number() {
    return terms.number();
  }

  Optional<Judge> judge(int account) {
    return judges.stream().filter(judge -> judge.account == account).findFirst();
  }
}
