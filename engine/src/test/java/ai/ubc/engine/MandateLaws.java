package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.testkit.scenario.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * LAW-008, kept from who signed and from postings alone: what mandates say of themselves in {@code
 * mandateSpent} plays no part.
 */
final class MandateLaws {
  private record Holder(int account, Address key) {}

  private static final class Mandate {
    final Event.MandateGranted terms;
    final Set<Integer> payees = new HashSet<>();
    boolean isRevoked;
    long costMicros;

    Mandate(Event.MandateGranted terms) {
      this.terms = terms;
    }
  }

  private final Map<Integer, Address> owners = new HashMap<>();
  private final Map<Long, Mandate> mandates = new HashMap<>();
  private final Map<Holder, Mandate> byKey = new HashMap<>();
  private final Map<Long, Mandate> byJob = new HashMap<>();
  private final Map<Long, Long> depositsOfWaiting = new HashMap<>();
  private final Map<Long, Integer> lockKinds = new HashMap<>();
  private final GenesisParameters parameters;
  private int uses;

  MandateLaws(GenesisParameters parameters) {
    this.parameters = parameters;
  }

  /** How often a key was obeyed. */
  int uses() {
    return uses;
  }

  /** Takes an entry that was answered with {@code code}, and checks the law. */
  void check(String where, Step step, int code, List<Event> events) {
    Mandate mandate = null;
    if (step.call() instanceof Step.Signed signed && code == 0 && !events.isEmpty()) {
      int account = signed.head().account();
      boolean isTakenOver = signed.command() instanceof Command.AcceptOwner;
      if (account != 0 && !isTakenOver && !signed.signer().equals(owners.get(account))) {
        mandate = Objects.requireNonNull(byKey.get(new Holder(account, signed.signer())), where);
        obeyed(where, step.timeMs(), mandate, signed.command());
      }
    }
    for (Event event : events) {
      learn(where, step.timeMs(), event, mandate);
    }
    for (Mandate each : mandates.values()) {
      assertThat(each.costMicros)
          .as("LAW-008 %s: %s", where, each.terms)
          .isBetween(0L, each.terms.amountMicros());
    }
  }

  private void obeyed(String where, long nowMs, Mandate mandate, Command command) {
    uses++;
    assertThat(mandate.isRevoked).as("LAW-008 %s", where).isFalse();
    assertThat(nowMs).as("LAW-008 %s", where).isLessThan(mandate.terms.expiresMs());
    if (command instanceof Command.Transfer transfer) {
      assertThat(mandate.payees).as("LAW-008 %s", where).contains(transfer.toAccount());
      assertThat(transfer.asset()).as("LAW-008 %s", where).isEqualTo(Asset.COMPUTE);
    } else if (command instanceof Command.SubmitJob job) {
      long bit = mandate.terms.classes() >>> job.resourceClass() & 1;
      assertThat(bit).as("LAW-008 %s", where).isOne();
    } else {
      assertThat(command)
          .as("MAN-005 %s", where)
          .isInstanceOfAny(
              Command.CancelJob.class, Command.RevealSecret.class, Command.CloseJob.class);
    }
  }

  private void learn(
      String where, long nowMs, Event event, @org.jspecify.annotations.Nullable Mandate mandate) {
    switch (event) {
      case Event.AccountRegistered e -> owners.put(e.account(), e.owner());
      // LAW-009: also the mandates of which no event says so.
      case Event.OwnerChanged e -> {
        owners.put(e.account(), e.owner());
        mandates.values().stream()
            .filter(each -> each.terms.account() == e.account())
            .forEach(each -> each.isRevoked = true);
      }
      case Event.MandateGranted e -> {
        Mandate granted = new Mandate(e);
        mandates.put(e.mandate(), granted);
        byKey.put(new Holder(e.account(), e.key()), granted);
      }
      case Event.PayeeAllowed e -> mandate(e.mandate()).payees.add(e.payee());
      case Event.MandateRevoked e -> mandate(e.mandate()).isRevoked = true;
      case Event.JobQueued e -> {
        long price = JobAmounts.priceHeldRoundedUp(parameters, e.maxUnits(), e.limitPriceMicros());
        depositsOfWaiting.put(e.job(), JobAmounts.depositRoundedUp(parameters, price));
        if (mandate != null) {
          byJob.put(e.job(), mandate);
        }
      }
      case Event.JobSubmitted e -> {
        if (depositsOfWaiting.containsKey(e.job())) {
          begun(where, nowMs, byJob.get(e.job()));
        } else if (mandate != null) {
          byJob.put(e.job(), mandate);
        }
      }
      case Event.LockOpened e -> lockKinds.put(e.lock(), e.kind());
      case Event.Posted e -> posted(e, mandate);
      default -> {}
    }
  }

  // A job that waited: whoever signed this entry, its own key's mandate must not have ended.
  private static void begun(
      String where, long nowMs, @org.jspecify.annotations.Nullable Mandate mandate) {
    if (mandate != null) {
      assertThat(mandate.isRevoked).as("LAW-008 %s: waiting", where).isFalse();
      assertThat(nowMs).as("LAW-008 %s: waiting", where).isLessThan(mandate.terms.expiresMs());
    }
  }

  private Mandate mandate(long number) {
    return Objects.requireNonNull(mandates.get(number));
  }

  private void posted(Event.Posted e, @org.jspecify.annotations.Nullable Mandate mandate) {
    Mandate payer = e.job() == 0 ? mandate : byJob.get(e.job());
    if (payer != null && e.cause() == Cause.TRANSFER.code()) {
      payer.costMicros += e.amountMicros();
    } else if (payer != null && e.cause() == Cause.ESCROW.code() && isOrder(e.toId())) {
      payer.costMicros += e.amountMicros() - depositOfWaiting(e.job());
    } else if (payer != null && e.cause() == Cause.ORDER_RETURN.code()) {
      payer.costMicros -= e.amountMicros() - depositOfWaiting(e.job());
    } else if (payer != null && e.cause() == Cause.ESCROW.code() && isCost(e.toId())) {
      payer.costMicros += e.amountMicros();
    } else if (payer != null
        && e.cause() == Cause.REFUND.code()
        && e.fromKind() == HolderKind.LOCK.code()
        && isCost(e.fromId())) {
      payer.costMicros -= e.amountMicros();
    }
  }

  private long depositOfWaiting(long job) {
    return Objects.requireNonNull(depositsOfWaiting.get(job));
  }

  private boolean isOrder(long lock) {
    return Objects.requireNonNull(lockKinds.get(lock)) == LockKind.ORDER.code();
  }

  private boolean isCost(long lock) {
    int kind = Objects.requireNonNull(lockKinds.get(lock));
    return kind == LockKind.PRICE.code()
        || kind == LockKind.FEE.code()
        || kind == LockKind.CHECKING.code();
  }
}
