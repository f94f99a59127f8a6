package ai.ubc.codec.audit;

import ai.ubc.domain.Address;
import java.util.HashMap;
import java.util.Map;

/** Who owns each account, and whom its owner named as the next (LAW-009). */
final class OwnerTrail {
  private final Map<Integer, Address> owners = new HashMap<>();
  private final Map<Address, Integer> accounts = new HashMap<>();
  private final Map<Integer, Address> named = new HashMap<>();

  /** Takes a new account; whether its owner had none. */
  boolean register(int account, Address owner) {
    owners.put(account, owner);
    return accounts.putIfAbsent(owner, account) == null;
  }

  /** Takes a naming; whether there is such an account. */
  boolean name(int account, Address next) {
    named.put(account, next);
    return owners.containsKey(account);
  }

  /** Takes a change; whether this owner was named and had no account. */
  boolean change(int account, Address owner) {
    boolean isNamed = owner.equals(named.remove(account)) && !owner.equals(Address.ZERO);
    Address former = owners.put(account, owner);
    if (former != null) {
      accounts.remove(former);
    }
    return accounts.putIfAbsent(owner, account) == null && isNamed;
  }
}
