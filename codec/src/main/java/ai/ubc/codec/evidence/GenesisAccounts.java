package ai.ubc.codec.evidence;

import ai.ubc.domain.Address;
import ai.ubc.domain.Genesis;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The accounts that a genesis opens (SYS-001): the treasury's, then each new owner's. */
final class GenesisAccounts {
  private final List<Address> owners;

  GenesisAccounts(Genesis genesis) {
    Set<Address> distinct = new LinkedHashSet<>();
    distinct.add(genesis.treasury());
    genesis.allocations().forEach(allocation -> distinct.add(allocation.owner()));
    owners = List.copyOf(distinct);
  }

  boolean has(int account) {
    return account >= 1 && account <= owners.size();
  }

  /** The owner of an account that {@link #has} is true of. */
  Address owner(int account) {
    return owners.get(account - 1);
  }
}
