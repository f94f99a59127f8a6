package ai.ubc.provider.node;

import ai.ubc.api.AccountView;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.WorkView;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.Role;
import ai.ubc.sdk.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what a gateway answers into what a node decides by. */
final class WorkMapper {
  // A requester's duties are not a node's; later kinds are not for this version.
  private static final Map<String, Duty.Action> ACTIONS =
      Map.of(
          "RUN", Duty.Action.RUN,
          "OPEN_RESULT", Duty.Action.OPEN_RESULT,
          "SEAL_VERDICT", Duty.Action.SEAL_VERDICT,
          "OPEN_VERDICT", Duty.Action.OPEN_VERDICT);
  private static final Set<JobState> OVER = Set.of(JobState.HELD, JobState.CLOSED);

  private WorkMapper() {}

  /** The duties of an account in one of its roles. */
  static Agenda agenda(Read<WorkView> read, Set<Duty.Action> actions) {
    List<Duty> duties = new ArrayList<>();
    for (WorkView.Duty duty : read.value().work()) {
      Duty.Action action = ACTIONS.get(duty.action());
      if (action != null && actions.contains(action)) {
        JobView job = duty.job();
        int round = Optional.ofNullable(duty.round()).orElse(0);
        duties.add(
            new Duty(
                new Duty.Key(action, job.job(), round),
                duty.deadlineMs(),
                new Terms(
                    job.job(),
                    Hash32.parse(job.program()),
                    Hash32.parse(job.input()),
                    job.items(),
                    job.maxUnits())));
      }
    }
    return new Agenda(read.seq(), duties);
  }

  /** What an account owns. */
  static Ledger.Purse purse(AccountView account, Role role) {
    long free =
        account.balances().stream()
            .filter(b -> b.asset() == Asset.COMPUTE)
            .mapToLong(AccountView.Balance::freeMicros)
            .sum();
    LockKind reserved =
        switch (role) {
          case PROVIDER -> LockKind.PROVIDER_BOND;
          case VALIDATOR -> LockKind.DUTY_BOND;
        };
    long held =
        account.holds().stream()
            .filter(h -> h.payer() == account.account() && h.kind().equals(reserved.name()))
            .mapToLong(AccountView.Hold::amountMicros)
            .sum();
    long bond =
        switch (role) {
          case PROVIDER -> account.providerBondMicros();
          case VALIDATOR -> account.validatorBondMicros();
        };
    return new Ledger.Purse(free, bond + held);
  }

  /** A provider's open offers. */
  static List<Ledger.Offer> offers(MarketView market) {
    return market.offers().stream()
        .map(o -> new Ledger.Offer(o.order(), o.priceMicros(), o.remainingUnits()))
        .toList();
  }

  /** The account that has the lease of a job. */
  static int provider(JobView job) {
    return job.leased().orElseThrow().provider();
  }

  /** Validators of the current round that have to seal; none in other states. */
  static List<Integer> drawn(JobView job) {
    return JobState.valueOf(job.state()) == JobState.SEALING && !job.rounds().isEmpty()
        ? job.rounds().getLast().validators().stream().map(JobView.Drawn::validator).toList()
        : List.of();
  }

  /** Whether nobody has to do anything for a job any more. */
  static boolean isOver(JobView job) {
    return OVER.contains(JobState.valueOf(job.state()));
  }
}
