package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.EXPIRED;
import static ai.ubc.domain.Refusal.MALFORMED;
import static ai.ubc.domain.Refusal.NONCE_REUSED;
import static ai.ubc.domain.Refusal.NOT_AFTER_TOO_FAR;
import static ai.ubc.domain.Refusal.NOT_OWNER;
import static ai.ubc.domain.Refusal.TOO_MANY_PENDING;
import static ai.ubc.domain.Refusal.UNKNOWN_ACCOUNT;

import ai.ubc.domain.Address;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who may give a command now, and which were given before (ADM-001 to ADM-007). */
final class NaiveAdmission {
  private static final int FORGOTTEN_AT_ONCE = 64;

  private record Given(
      Address signer, long nonce, Hash32 commandHash, long notAfterMs, long seq, int code) {}

  private final NaiveState state;
  private final NaiveMandates mandates;
  private final List<Given> remembered = new ArrayList<>();
  private Optional<Given> current = Optional.empty();
  private Optional<NaiveMandate> mandate = Optional.empty();
  private boolean nextOwner;
  private long originalSeq;

  NaiveAdmission(NaiveState state, NaiveMandates mandates) {
    this.state = state;
    this.mandates = mandates;
  }

  void begin() {
    current = Optional.empty();
    mandate = Optional.empty();
    nextOwner = false;
    originalSeq = 0;
    List<Given> passed =
        remembered.stream()
            .filter(given -> given.notAfterMs() < state.now)
            .sorted(Comparator.comparingLong(Given::notAfterMs).thenComparingLong(Given::seq))
            .limit(FORGOTTEN_AT_ONCE)
            .toList();
    remembered.removeAll(passed);
  }

  int admit(Address signer, int account, long nonce, long notAfterMs, Hash32 commandHash) {
    if (!state.active) {
      return MALFORMED.number();
    }
    if (notAfterMs < state.now) {
      return EXPIRED.number();
    }
    if (notAfterMs > state.now + state.genesis.parameters().notAfterMaxMs()) {
      return NOT_AFTER_TOO_FAR.number();
    }
    if (account != 0 && !state.owners.containsKey(account)) {
      return UNKNOWN_ACCOUNT.number();
    }
    boolean isOwner = account == 0 || signer.equals(state.owners.get(account));
    nextOwner = !isOwner && signer.equals(state.nextOwners.get(account));
    if (!isOwner && !nextOwner) {
      mandate = mandates.of(account, signer);
      if (mandate.isEmpty()) {
        return NOT_OWNER.number();
      }
    }
    for (Given given : remembered) {
      if (given.signer().equals(signer) && given.nonce() == nonce) {
        if (!given.commandHash().equals(commandHash)) {
          return NONCE_REUSED.number();
        }
        originalSeq = given.seq();
        return given.code();
      }
    }
    if (mandate.isPresent() && mandates.end(mandate.get()) != DONE) {
      return mandates.end(mandate.get());
    }
    long pending = remembered.stream().filter(given -> given.signer().equals(signer)).count();
    if (pending >= state.genesis.parameters().pendingPerSignerMax()
        || remembered.size() >= state.capacity.rememberedCommands()) {
      return TOO_MANY_PENDING.number();
    }
    current = Optional.of(new Given(signer, nonce, commandHash, notAfterMs, state.seq, DONE));
    return DONE;
  }

  void end(int code) {
    current.ifPresent(given ->
        remembered.add(
            new Given(
                given.signer(),
                given.nonce(),
                given.commandHash(),
                given.notAfterMs(),
                given.seq(),
                code)));
    current = Optional.empty();
  }

  long originalSeq() {
    return originalSeq;
  }

  /** By which the signer of the current, admitted command acts; empty for the owner. */
  Optional<NaiveMandate> mandate() {
    return mandate;
  }

  /** Whether the signer of the current, admitted command is the account's next owner only. */
  boolean isNextOwner() {
    return nextOwner;
  }

  /** The signer of the current, admitted command. */
  Address signer() {
    return current.orElseThrow().signer();
  }
}
