package ai.ubc.engine.market;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.engine.flat.IntTable;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * The offers on the book of the class {@code wasi} and whose they are: rules OFR, and the choice of
 * JOB-002. Offers only rest; a job takes its whole limit from one of them.
 */
public final class Offers {
  /** Most open offers of one account. */
  public static final int OFFERS_PER_ACCOUNT_MAX = 64;

  /** How many offers a job looks at. */
  public static final int OFFERS_SEARCHED_MAX = 256;

  private final GenesisParameters parameters;
  private final Accounts accounts;
  private final EventSink events;
  private final OrderBook book;
  private final IntTable accountByHandle = new IntTable();
  private final IntTable openByAccount = new IntTable();
  private long lastOrder;
  private long lastLease;
  private boolean isBookChanged;

  /** No offers on this book, which nobody else changes. */
  public Offers(GenesisParameters parameters, Accounts accounts, OrderBook book, EventSink events) {
    this.parameters = parameters;
    this.accounts = accounts;
    this.book = book;
    this.events = events;
  }

  /** Starts an entry. */
  public void begin() {
    isBookChanged = false;
  }

  /** Whether an offer has come onto the book or left it in the current entry. */
  public boolean isBookChanged() {
    return isBookChanged;
  }

  /** OFR-001. */
  public int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits) {
    if (resourceClass != Genesis.CLASS_WASI) {
      return Refusal.INVALID_CLASS.number();
    }
    if (priceMicros < 1 || priceMicros > parameters.priceMicrosMax()) {
      return Refusal.INVALID_PRICE.number();
    }
    if (quantityUnits < 1 || quantityUnits > parameters.unitsMax()) {
      return Refusal.INVALID_QUANTITY.number();
    }
    if (accounts.bondMicros(account, Role.PROVIDER) < bondBehind(openOf(account) + 1)) {
      return Refusal.INSUFFICIENT_BOND.number();
    }
    if (openOf(account) == OFFERS_PER_ACCOUNT_MAX || book.isFull()) {
      return Refusal.LIMIT_REACHED.number();
    }
    isBookChanged = true;
    rest(++lastOrder, account, priceMicros, quantityUnits);
    events.offerPlaced(lastOrder, account, resourceClass, priceMicros, quantityUnits);
    return Refusal.DONE;
  }

  /** OFR-002. */
  public int cancelOffer(int account, long order) {
    int handle = book.find(order);
    if (handle == OrderBook.NONE || provider(handle) != account) {
      return Refusal.UNKNOWN_ORDER.number();
    }
    openByAccount.add(account, -1);
    isBookChanged = true;
    events.offerCancelled(order, book.cancel(handle));
    return Refusal.DONE;
  }

  /**
   * The offer that JOB-002 takes.
   *
   * @return its handle, or {@link OrderBook#NONE}
   */
  public int select(int requester, Tier tier, int validators, long units, long limitPriceMicros) {
    int handle = book.first(OrderBook.SELL);
    int searched = 0;
    // A later offer asks no lower price, and so no smaller bond: who has less needs no arithmetic.
    long bondAtLeast = 0;
    while (handle != OrderBook.NONE
        && searched < OFFERS_SEARCHED_MAX
        && book.price(handle) <= limitPriceMicros) {
      if (book.quantity(handle) >= units && provider(handle) != requester) {
        long bond = accounts.bondMicros(provider(handle), Role.PROVIDER);
        if (bond >= bondAtLeast) {
          bondAtLeast = bondFor(book.price(handle), tier, validators, units);
          if (bond >= bondAtLeast) {
            return handle;
          }
        }
      }
      handle = book.next(handle);
      searched++;
    }
    return OrderBook.NONE;
  }

  private long bondFor(long priceMicros, Tier tier, int validators, long units) {
    long priceHeld = JobAmounts.priceHeldRoundedUp(parameters, units, priceMicros);
    return JobAmounts.providerBondRoundedUp(parameters, tier, priceHeld, validators);
  }

  /** The account that offers. */
  public int provider(int handle) {
    return accountByHandle.require(handle);
  }

  /** The offer's price of 1,000,000 units, micro-COMPUTE. */
  public long priceMicros(int handle) {
    return book.price(handle);
  }

  /**
   * Takes units from an offer that has them: events {@code offerTaken} and {@code leaseOpened}.
   *
   * @return the lease's number
   */
  public long take(int handle, int requester, long units) {
    long order = book.order(handle);
    long priceMicros = book.price(handle);
    int provider = provider(handle);
    long remaining = book.fill(handle, units);
    if (remaining == 0) {
      openByAccount.add(provider, -1);
      isBookChanged = true;
    }
    lastLease++;
    events.offerTaken(order, lastLease, units, remaining);
    events.leaseOpened(
        lastLease, order, provider, requester, Genesis.CLASS_WASI, priceMicros, units);
    return lastLease;
  }

  /** Writes the offers in book order. */
  public void snapshotTo(SnapshotSink sink) {
    sink.putLong(lastOrder);
    sink.putLong(lastLease);
    sink.putInt(book.size());
    for (int handle = book.first(OrderBook.SELL);
        handle != OrderBook.NONE;
        handle = book.next(handle)) {
      sink.putLong(book.order(handle));
      sink.putInt(provider(handle));
      sink.putLong(book.price(handle));
      sink.putLong(book.quantity(handle));
    }
  }

  /** Reads back what {@link #snapshotTo} wrote, onto an empty book. */
  public void restoreFrom(SnapshotSource source) {
    lastOrder = source.getLong();
    lastLease = source.getLong();
    int count = source.getInt();
    for (int i = 0; i < count; i++) {
      rest(source.getLong(), source.getInt(), source.getLong(), source.getLong());
    }
  }

  private void rest(long order, int account, long priceMicros, long quantityUnits) {
    int handle = book.place(order, OrderBook.SELL, priceMicros, quantityUnits);
    accountByHandle.set(handle, account);
    openByAccount.add(account, 1);
  }

  /** The least provider bond of an account with its open offers, micro-COMPUTE: BND-002. */
  public long bondBehindOffersOf(int account) {
    return bondBehind(openOf(account));
  }

  private long bondBehind(int offers) {
    return offers * parameters.bondMinMicros();
  }

  private int openOf(int account) {
    return openByAccount.get(account);
  }
}
