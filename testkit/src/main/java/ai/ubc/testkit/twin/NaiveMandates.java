package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.ALREADY_DONE;
import static ai.ubc.domain.Refusal.CLASS_NOT_ALLOWED;
import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.INVALID_AMOUNT;
import static ai.ubc.domain.Refusal.INVALID_EXPIRY;
import static ai.ubc.domain.Refusal.INVALID_KEY;
import static ai.ubc.domain.Refusal.KEY_HAS_MANDATE;
import static ai.ubc.domain.Refusal.LIMIT_REACHED;
import static ai.ubc.domain.Refusal.MANDATE_EXPIRED;
import static ai.ubc.domain.Refusal.MANDATE_REVOKED;
import static ai.ubc.domain.Refusal.NOT_IN_MANDATE;
import static ai.ubc.domain.Refusal.OVER_BUDGET;
import static ai.ubc.domain.Refusal.PAYEE_NOT_ALLOWED;
import static ai.ubc.domain.Refusal.SAME_ACCOUNT;
import static ai.ubc.domain.Refusal.UNKNOWN_MANDATE;
import static ai.ubc.domain.Refusal.UNKNOWN_PAYEE;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Session keys (MAN-001 to MAN-008). */
final class NaiveMandates {
  private static final int MANDATES_OF_ACCOUNT = 64;
  private static final int PAYEES = 8;
  private static final long LONGEST_MS = Duration.ofDays(366).toMillis();

  private final NaiveState state;
  private long lastNumber;

  NaiveMandates(NaiveState state) {
    this.state = state;
  }

  List<NaiveMandate> all(int account) {
    return state.mandates.values().stream().filter(mandate -> mandate.account == account).toList();
  }

  Optional<NaiveMandate> of(int account, Address key) {
    return all(account).stream().filter(mandate -> mandate.key.equals(key)).findFirst();
  }

  // MAN-001: why it is dead, or DONE
  int end(NaiveMandate mandate) {
    if (mandate.revokedMs.isPresent()) {
      return MANDATE_REVOKED.number();
    }
    return state.now >= mandate.expiresMs ? MANDATE_EXPIRED.number() : DONE;
  }

  private Stream<NaiveMandate> dead(Collection<NaiveMandate> among) {
    return among.stream().filter(mandate -> end(mandate) != DONE);
  }

  // MAN-002
  int grant(int account, Command.GrantMandate command) {
    if (command.key().equals(Address.ZERO)
        || command.key().equals(state.owners.get(account))
        || command.key().equals(state.nextOwners.get(account))) {
      return INVALID_KEY.number();
    }
    if (command.amountMicros() < 1) {
      return INVALID_AMOUNT.number();
    }
    BigInteger latest = BigInteger.valueOf(state.now).add(BigInteger.valueOf(LONGEST_MS));
    if (command.expiresMs() <= state.now
        || BigInteger.valueOf(command.expiresMs()).compareTo(latest) > 0) {
      return INVALID_EXPIRY.number();
    }
    Optional<NaiveMandate> former = of(account, command.key());
    if (former.isPresent() && end(former.get()) == DONE) {
      return KEY_HAS_MANDATE.number();
    }
    Optional<NaiveMandate> leaving = former;
    if (former.isEmpty() && all(account).size() >= MANDATES_OF_ACCOUNT) {
      leaving = dead(all(account)).findFirst();
      if (leaving.isEmpty()) {
        return LIMIT_REACHED.number();
      }
    } else if (former.isEmpty() && state.mandates.size() >= state.capacity.mandates()) {
      leaving =
          dead(state.mandates.values())
              .min(
                  Comparator.comparingLong(NaiveMandate::diedMs)
                      .thenComparingLong(mandate -> mandate.number));
      if (leaving.isEmpty()) {
        return LIMIT_REACHED.number();
      }
    }
    leaving.ifPresent(mandate -> state.mandates.remove(mandate.number));
    NaiveMandate mandate =
        new NaiveMandate(
            ++lastNumber,
            account,
            command.key(),
            command.amountMicros(),
            command.expiresMs(),
            command.classes());
    state.mandates.put(mandate.number, mandate);
    state.sink.mandateGranted(
        mandate.number,
        account,
        0,
        command.key().word0(),
        command.key().word1(),
        command.key().word2(),
        command.amountMicros(),
        command.expiresMs(),
        command.classes());
    return DONE;
  }

  // MAN-003
  int allowPayee(int account, long number, int payee) {
    NaiveMandate mandate = state.mandates.get(number);
    if (mandate == null || mandate.account != account) {
      return UNKNOWN_MANDATE.number();
    }
    if (end(mandate) != DONE) {
      return end(mandate);
    }
    if (!state.owners.containsKey(payee)) {
      return UNKNOWN_PAYEE.number();
    }
    if (payee == account) {
      return SAME_ACCOUNT.number();
    }
    if (mandate.payees.contains(payee)) {
      return ALREADY_DONE.number();
    }
    if (mandate.payees.size() >= PAYEES) {
      return LIMIT_REACHED.number();
    }
    mandate.payees.add(payee);
    state.sink.payeeAllowed(number, payee);
    return DONE;
  }

  // MAN-004
  int revoke(int account, long number) {
    NaiveMandate mandate = state.mandates.get(number);
    if (mandate == null || mandate.account != account) {
      return UNKNOWN_MANDATE.number();
    }
    if (end(mandate) != DONE) {
      return end(mandate);
    }
    mandate.revokedMs = Optional.of(state.now);
    state.sink.mandateRevoked(number);
    return DONE;
  }

  // MAN-006
  int checkTransfer(NaiveMandate mandate, int payee, int asset, long amountMicros) {
    if (asset != Asset.COMPUTE) {
      return NOT_IN_MANDATE.number();
    }
    if (!mandate.payees.contains(payee)) {
      return PAYEE_NOT_ALLOWED.number();
    }
    return checkBudget(mandate, BigInteger.valueOf(amountMicros));
  }

  // MAN-007
  static int checkClass(NaiveMandate mandate, int resourceClass) {
    boolean allowed =
        resourceClass >= 0
            && resourceClass < Long.SIZE
            && BigInteger.valueOf(mandate.classes).testBit(resourceClass);
    return allowed ? DONE : CLASS_NOT_ALLOWED.number();
  }

  // MAN-006 and MAN-007
  static int checkBudget(NaiveMandate mandate, BigInteger amount) {
    return amount.compareTo(mandate.left()) > 0 ? OVER_BUDGET.number() : DONE;
  }

  /** Counts what a job or a transfer (job 0) spends. */
  void count(NaiveMandate mandate, long job, BigInteger amount) {
    mandate.spent = mandate.spent.add(amount);
    state.sink.mandateSpent(
        mandate.number, job, amount.longValueExact(), mandate.spent.longValueExact());
  }

  // MAN-008
  void giveBack(NaiveJob job, BigInteger unused) {
    NaiveMandate mandate = state.mandates.get(job.order.mandate());
    if (mandate != null && unused.signum() != 0) {
      count(mandate, job.number(), unused.negate());
    }
  }
}
