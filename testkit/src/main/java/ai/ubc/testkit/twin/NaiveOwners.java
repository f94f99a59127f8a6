package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.ALREADY_DONE;
import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.INVALID_OWNER;
import static ai.ubc.domain.Refusal.KEY_HAS_MANDATE;
import static ai.ubc.domain.Refusal.OWNER_EXISTS;

import ai.ubc.domain.Address;
import java.util.Optional;

/** The change of an account's owner (ACC-003, ACC-004). */
final class NaiveOwners {
  private final NaiveState state;
  private final NaiveMandates mandates;

  NaiveOwners(NaiveState state, NaiveMandates mandates) {
    this.state = state;
    this.mandates = mandates;
  }

  // ACC-003
  int name(int account, Address next) {
    if (next.equals(state.owners.get(account))) {
      return INVALID_OWNER.number();
    }
    if (state.accountOf(next).isPresent()) {
      return OWNER_EXISTS.number();
    }
    if (next.equals(state.nextOwners.getOrDefault(account, Address.ZERO))) {
      return ALREADY_DONE.number();
    }
    Optional<NaiveMandate> mandate = mandates.of(account, next);
    if (mandate.isPresent() && mandates.end(mandate.get()) == DONE) {
      return KEY_HAS_MANDATE.number();
    }
    mandate.ifPresent(dead -> state.mandates.remove(dead.number));
    if (next.equals(Address.ZERO)) {
      state.nextOwners.remove(account);
    } else {
      state.nextOwners.put(account, next);
    }
    state.sink.ownerNamed(account, next.word0(), next.word1(), next.word2());
    return DONE;
  }

  // ACC-004
  int accept(int account, Address signer) {
    if (signer.equals(state.owners.get(account))) {
      return ALREADY_DONE.number();
    }
    if (state.accountOf(signer).isPresent()) {
      return OWNER_EXISTS.number();
    }
    state.owners.put(account, signer);
    state.nextOwners.remove(account);
    state.sink.ownerChanged(account, signer.word0(), signer.word1(), signer.word2());
    mandates.all(account).reversed().stream()
        .filter(mandate -> mandates.end(mandate) == DONE)
        .forEach(mandate -> mandates.revoke(account, mandate.number));
    return DONE;
  }
}
