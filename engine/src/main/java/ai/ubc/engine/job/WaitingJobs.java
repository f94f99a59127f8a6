package ai.ubc.engine.job;

import ai.ubc.domain.Cause;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobLimits;
import ai.ubc.engine.flat.IntTable;
import ai.ubc.engine.flat.Slab;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/**
 * What the jobs that wait for an offer asked for, and their book order: the highest limit price
 * first, then the lowest number. A waiting job is named by its handle on the book.
 */
public final class WaitingJobs {
  private static final int HASHES = 0;
  private static final int ITEMS = 12;
  private static final int TIER = 13;
  private static final int POLICY = 14;
  private static final int STORED_WORDS = 15;
  private static final int LOCK = 15;
  private static final int WORDS = 16;

  private static final int QUORUM = Tier.QUORUM.code();

  private final Slab slab;
  private final GenesisParameters parameters;
  private final Ledger ledger;
  private final Locks locks;
  private final OrderBook book;
  private final IntTable slotByHandle = new IntTable();
  private final IntTable waitingByAccount = new IntTable();
  private int turn = OrderBook.NONE;
  private boolean hasOneLeft;

  /** Nobody waits on this book, which nobody else changes. */
  public WaitingJobs(int waitingMax, GenesisParameters parameters, Ledger ledger, OrderBook book) {
    slab = new Slab(WORDS, waitingMax);
    this.parameters = parameters;
    this.ledger = ledger;
    this.locks = ledger.locks();
    this.book = book;
  }

  boolean isFull(int account) {
    return slab.isFull() || waitingByAccount.get(account) == JobLimits.WAITING_PER_ACCOUNT_MAX;
  }

  /** Enters a request, for which there is room, as job {@code number}; returns its handle. */
  int add(JobRequest request, long number, int lock) {
    int slot = slab.take();
    for (int i = 0; i < JobRequest.HASH_WORDS; i++) {
      slab.set(slot, HASHES + i, request.hashes[i]);
    }
    slab.set(slot, ITEMS, request.itemCount);
    slab.set(slot, TIER, request.tier.code());
    slab.set(slot, POLICY, request.inputPolicy);
    slab.set(slot, LOCK, lock);
    return enter(slot, number, request.account, request.limitPriceMicros, request.unitsMax);
  }

  private int enter(int slot, long number, int account, long limitPriceMicros, long unitsMax) {
    int handle = book.place(number, OrderBook.BUY, limitPriceMicros, unitsMax);
    slotByHandle.set(handle, slot);
    waitingByAccount.add(account, 1);
    return handle;
  }

  /** Takes a job of the account off the book and returns what it holds. */
  void leave(int handle, int account) {
    int lock = lock(handle);
    ledger.payOut(lock, locks.amountMicros(lock), account, Cause.ORDER_RETURN);
    ledger.close(lock);
    if (handle == turn) {
      turn = book.next(handle);
    }
    hasOneLeft = true;
    waitingByAccount.add(account, -1);
    slab.release(slotByHandle.require(handle));
    book.cancel(handle);
  }

  /** Starts an entry. */
  void begin() {
    hasOneLeft = false;
  }

  /** Whether a job has left the book in the current entry. */
  boolean hasOneLeft() {
    return hasOneLeft;
  }

  /** Whose turn it is to be looked at, or {@link OrderBook#NONE}; who leaves passes it on. */
  int turn() {
    return turn;
  }

  void setTurn(int handle) {
    turn = handle;
  }

  /** The first waiting job in book order, or {@link OrderBook#NONE}. */
  int first() {
    return book.first(OrderBook.BUY);
  }

  /** The waiting job after this one in book order, or {@link OrderBook#NONE}. */
  int next(int handle) {
    return book.next(handle);
  }

  /** The job's number. */
  long number(int handle) {
    return book.order(handle);
  }

  /** The most that a waiting job can cost besides the deposit, which a mandate counts. */
  long mostPayable(int handle, int validators) {
    long priceHeld =
        JobAmounts.priceHeldRoundedUp(parameters, book.quantity(handle), book.price(handle));
    return JobAmounts.mostPayable(parameters, priceHeld, validators);
  }

  private int lock(int handle) {
    return slab.getInt(slotByHandle.require(handle), LOCK);
  }

  /** Reads what a waiting job asked for, but what the job's own record holds. */
  void read(int handle, JobRequest request) {
    int slot = slotByHandle.require(handle);
    for (int i = 0; i < JobRequest.HASH_WORDS; i++) {
      request.hashes[i] = slab.get(slot, HASHES + i);
    }
    request.itemCount = slab.getInt(slot, ITEMS);
    request.tier = slab.getInt(slot, TIER) == QUORUM ? Tier.QUORUM : Tier.NONE;
    request.inputPolicy = slab.getInt(slot, POLICY);
    request.limitPriceMicros = book.price(handle);
    request.unitsMax = book.quantity(handle);
  }

  /** Writes one waiting job; the jobs decide the order, which is that of their numbers. */
  void snapshotTo(SnapshotSink sink, int handle) {
    for (int field = 0; field < STORED_WORDS; field++) {
      sink.putLong(slab.get(slotByHandle.require(handle), field));
    }
    sink.putLong(book.price(handle));
    locks.snapshotTo(sink, lock(handle));
  }

  /** Reads one waiting job back and returns its handle. */
  int restoreFrom(SnapshotSource source, long number, int account, long unitsMax) {
    int slot = slab.take();
    for (int field = 0; field < STORED_WORDS; field++) {
      slab.set(slot, field, source.getLong());
    }
    long limitPriceMicros = source.getLong();
    slab.set(slot, LOCK, locks.restoreFrom(source));
    return enter(slot, number, account, limitPriceMicros, unitsMax);
  }
}
