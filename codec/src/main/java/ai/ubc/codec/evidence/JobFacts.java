package ai.ubc.codec.evidence;

import ai.ubc.codec.Eip712;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a job between two of its records. One thread. */
final class JobFacts {
  /** A validator drawn in the current round. */
  static final class Judge {
    final int account;
    final long weightMicros;
    long lock;
    Optional<Hash32> seal = Optional.empty();
    Optional<Command.OpenVerdict> verdict = Optional.empty();

    Judge(int account, long weightMicros) {
      this.account = account;
      this.weightMicros = weightMicros;
    }
  }

  /** Who ordered, and what it asked for. */
  record Order(int requester, Command.SubmitJob asked) {}

  /** How the job was judged. */
  record Judgement(JobEnding ending, long units, List<Judge> standing) {}

  final long job;
  final Genesis genesis;
  final Hash32 genesisHash;
  final Eip712 domain;
  final GenesisParameters parameters;
  final Map<LockKind, Long> locks = new EnumMap<>(LockKind.class);
  final Map<Long, Long> held = new HashMap<>();
  final List<Judge> judges = new ArrayList<>();
  final Set<Integer> drawnEver = new HashSet<>();
  @Nullable Order order;
  // Position of the record since which the job waited for its offer; 0 when it did not.
  long queuedSeq;
  Event.@Nullable JobSubmitted terms;
  Tier tier = Tier.NONE;
  Optional<Event.MandateGranted> mandate = Optional.empty();
  // What the job counts against the mandate, micro-COMPUTE.
  long countedMicros;
  Optional<JobState> state = Optional.empty();
  long deadlineMs;
  int round;
  boolean drawn;
  Hash32 saltedResult = Hash32.ZERO;
  Hash32 itemsRoot = Hash32.ZERO;
  Optional<Hash32> secret = Optional.empty();
  Optional<Command.OpenResult> result = Optional.empty();
  Optional<Judgement> judgement = Optional.empty();
  // How a job ended that no offer took.
  Optional<JobEnding> endedWaiting = Optional.empty();
  Optional<Event.JobSettled> settled = Optional.empty();

  JobFacts(long job, Genesis genesis, Hash32 genesisHash) {
    this.job = job;
    this.genesis = genesis;
    this.genesisHash = genesisHash;
    this.domain = new Eip712(genesis.chainId(), genesisHash);
    this.parameters = genesis.parameters();
  }

  /** What was ordered; broken when nothing was. */
  Order order() throws BrokenLinkException {
    if (order == null) {
      throw new BrokenLinkException(
          EvidenceLink.ORDER, "The record that submitted job " + job + " is missing.");
    }
    return order;
  }

  /** What was agreed; broken when no offer took the job. */
  Event.JobSubmitted terms() throws BrokenLinkException {
    order();
    if (terms == null) {
      throw new BrokenLinkException(
          EvidenceLink.ORDER, "The record in which an offer takes job " + job + " is missing.");
    }
    return terms;
  }

  boolean is(JobState wanted) {
    return state.filter(wanted::equals).isPresent();
  }

  Optional<Judge> judge(int account) {
    return judges.stream().filter(judge -> judge.account == account).findFirst();
  }

  /** Weights are checked at the draw so that their sum fits. */
  long drawnMicros() {
    return judges.stream().mapToLong(judge -> judge.weightMicros).sum();
  }

  /** Who re-ran the job, in the words of a screen. */
  String checking() {
    if (endedWaiting.isPresent()) {
      return endedWaiting.get() == JobEnding.CANCELLED
          ? "it was taken back while it waited, and cost nothing"
          : "it waited and nobody took it; it cost nothing";
    }
    if (is(JobState.WAITING)) {
      return "it waits for an offer";
    }
    if (judgement.isEmpty()) {
      return is(JobState.CLOSED) || state.isEmpty() ? "unknown" : "not judged yet";
    }
    int standing = judgement.get().standing().size();
    return switch (judgement.get().ending()) {
      case ACCEPTED -> "re-run by " + standing + " of " + judges.size();
      case FRAUD -> "re-run by " + standing + " of " + judges.size() + ", who found another result";
      case ABANDONED, CANCELLED, UNMATCHED -> "nothing was delivered";
      case WITHHELD ->
          standing == 0
              ? "nothing was delivered"
              : "nothing was delivered, re-run by " + standing + " of " + judges.size();
      case UNCHECKED -> {
        long opened = judges.stream().filter(judge -> judge.verdict.isPresent()).count();
        yield opened == 0
            ? "nobody re-ran this"
            : opened + " of " + judges.size() + " gave a verdict, and none stood";
      }
    };
  }
}
