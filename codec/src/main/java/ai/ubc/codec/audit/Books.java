package ai.ubc.codec.audit;

import ai.ubc.domain.HolderKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who holds what. A holder's balance is a long that refuses to wrap; totals are exact without
 * bound, kept apart from the balances and recounted from them by {@link #recount}.
 */
final class Books {
  /** A holder of one asset; nobody ({@code BURNED}, {@code GENESIS}) has the id 0. */
  record Holder(HolderKind kind, long id, int asset) {}

  private final Map<Holder, Long> balances = new HashMap<>();
  private final Map<Integer, Map<HolderKind, BigInteger>> totals = new TreeMap<>();
  private final Map<Integer, BigInteger> allocated = new TreeMap<>();

  long balance(Holder holder) {
    return balances.getOrDefault(holder, 0L);
  }

  /** Counts an amount as allocated by genesis. */
  void allocate(int asset, long amountMicros) {
    allocated.merge(asset, BigInteger.valueOf(amountMicros), BigInteger::add);
  }

  /**
   * Moves an amount.
   *
   * @throws ArithmeticException when a balance would leave 64 bits; then nothing has moved
   */
  void move(Holder from, Holder to, long amountMicros) {
    if (from.equals(to)) {
      return;
    }
    long fromAfter = Math.subtractExact(balance(from), amountMicros);
    long toAfter = Math.addExact(balance(to), amountMicros);
    set(from, fromAfter);
    set(to, toAfter);
    BigInteger amount = BigInteger.valueOf(amountMicros);
    addToTotal(from, amount.negate());
    addToTotal(to, amount);
  }

  private void set(Holder holder, long balance) {
    boolean forgettable = balance == 0 && holder.kind() == HolderKind.LOCK;
    if (forgettable) {
      balances.remove(holder);
    } else {
      balances.put(holder, balance);
    }
  }

  private void addToTotal(Holder holder, BigInteger amount) {
    totals
        .computeIfAbsent(holder.asset(), asset -> new EnumMap<>(HolderKind.class))
        .merge(holder.kind(), amount, BigInteger::add);
  }

  /** The asset's totals as they were kept. */
  AssetTotals totals(int asset) {
    return totals(asset, totals.getOrDefault(asset, Map.of()));
  }

  /** The totals of all assets, counted afresh from every balance. */
  List<AssetTotals> recount() {
    Map<Integer, Map<HolderKind, BigInteger>> counted = new TreeMap<>();
    allocated.keySet().forEach(asset -> counted.put(asset, new EnumMap<>(HolderKind.class)));
    balances.forEach((holder, balance) ->
        counted
            .computeIfAbsent(holder.asset(), asset -> new EnumMap<>(HolderKind.class))
            .merge(holder.kind(), BigInteger.valueOf(balance), BigInteger::add));
    List<AssetTotals> result = new ArrayList<>();
    counted.forEach((asset, kinds) -> result.add(totals(asset, kinds)));
    return result;
  }

  private AssetTotals totals(int asset, Map<HolderKind, BigInteger> kinds) {
    return new AssetTotals(
        asset,
        allocated.getOrDefault(asset, BigInteger.ZERO),
        kinds.getOrDefault(HolderKind.FREE, BigInteger.ZERO),
        kinds.getOrDefault(HolderKind.BOND_PROVIDER, BigInteger.ZERO),
        kinds.getOrDefault(HolderKind.BOND_VALIDATOR, BigInteger.ZERO),
        kinds.getOrDefault(HolderKind.LOCK, BigInteger.ZERO),
        kinds.getOrDefault(HolderKind.BURNED, BigInteger.ZERO));
  }

  /** Every account's balances, by account and asset; {@code locked} adds what its locks hold. */
  List<AccountBalance> accounts(Map<Long, JobTrail.Lock> locks) {
    Map<Long, AccountBalance> rows = new TreeMap<>();
    balances.forEach((holder, balance) -> {
      switch (holder.kind()) {
        case FREE -> add(rows, row(holder, holder.id(), balance, 0, 0, 0));
        case BOND_PROVIDER -> add(rows, row(holder, holder.id(), 0, balance, 0, 0));
        case BOND_VALIDATOR -> add(rows, row(holder, holder.id(), 0, 0, balance, 0));
        case LOCK -> {
          JobTrail.Lock lock = locks.get(holder.id());
          if (lock != null) {
            add(rows, row(holder, lock.payer(), 0, 0, 0, balance));
          }
        }
        case BURNED, GENESIS -> {}
      }
    });
    return List.copyOf(rows.values());
  }

  private static AccountBalance row(
      Holder holder, long account, long free, long provider, long validator, long locked) {
    return new AccountBalance((int) account, holder.asset(), free, provider, validator, locked);
  }

  // Account numbers and assets fit 32 and 16 bits, so the key orders by account, then asset.
  private static void add(Map<Long, AccountBalance> rows, AccountBalance row) {
    rows.merge(
        ((long) row.account() << 16) | row.asset(),
        row,
        (a, b) ->
            new AccountBalance(
                a.account(),
                a.asset(),
                a.freeMicros() + b.freeMicros(),
                a.providerBondMicros() + b.providerBondMicros(),
                a.validatorBondMicros() + b.validatorBondMicros(),
                a.lockedMicros() + b.lockedMicros()));
  }
}
