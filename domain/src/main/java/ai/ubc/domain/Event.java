package ai.ubc.domain;

/**
 * What the ledger did, as values for the cold path. Fields are those of {@link EventSink}, in its
 * order.
 */
public sealed interface Event {

  /** A version of the rules is in force from this entry on. */
  record RulesActivated(int version) implements Event {}

  /** An account was opened. */
  record AccountRegistered(int account, Address owner) implements Event {}

  /**
   * Money moved: the only event that changes a balance. Kinds are {@link HolderKind} codes, the
   * cause a {@link Cause} code; {@code job} is 0 outside a job.
   */
  record Posted(
      int asset,
      long amountMicros,
      int fromKind,
      long fromId,
      int toKind,
      long toId,
      int cause,
      long job)
      implements Event {}

  /** An offer rests on the book. */
  record OfferPlaced(
      long order, int account, int resourceClass, long priceMicros, long quantityUnits)
      implements Event {}

  /** A job took units from an offer; at 0 remaining it has left the book. */
  record OfferTaken(long order, long lease, long units, long remainingUnits) implements Event {}

  /** The owner took the rest of an offer off the book. */
  record OfferCancelled(long order, long remainingUnits) implements Event {}

  /** A fill became a lease. */
  record LeaseOpened(
      long lease,
      long order,
      int provider,
      int requester,
      int resourceClass,
      long priceMicros,
      long units)
      implements Event {}

  /**
   * A job waits for an offer; {@code heldMicros} is what a lock holds for it: price, fee, checking
   * and deposit at its limit price.
   */
  record JobQueued(
      long job,
      int requester,
      Hash32 program,
      Hash32 input,
      Hash32 secretHash,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long heldMicros)
      implements Event {}

  /** A job was submitted on a lease; amounts are what its escrow holds. */
  record JobSubmitted(
      long job,
      long lease,
      int requester,
      int provider,
      Hash32 program,
      Hash32 input,
      Hash32 secretHash,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long priceMicros,
      long priceHeldMicros,
      long feeHeldMicros,
      long checkingHeldMicros,
      long depositHeldMicros,
      long providerBondMicros)
      implements Event {}

  /** A lock was opened for an escrow; money enters it by the next {@code posted}. */
  record LockOpened(long lock, long job, int kind, int payer, int beneficiary) implements Event {}

  /** From now on another account would get the lock's money if everything stopped here. */
  record LockReassigned(long lock, int beneficiary) implements Event {}

  /**
   * A job changed its state; at {@code deadlineMs} (log time, 0 for none) anyone may move it on.
   */
  record JobStateChanged(long job, int from, int to, long deadlineMs) implements Event {}

  /** The provider committed. */
  record ResultCommitted(long job, Hash32 saltedResult, Hash32 itemsRoot) implements Event {}

  /** The requester's secret is known. */
  record SecretRevealed(long job, Hash32 secret) implements Event {}

  /**
   * A beacon slot was opened; the last four words are the hash that the next preimage must have.
   */
  record BeaconOpened(long slot, Hash32 preimage, Hash32 head) implements Event {}

  /**
   * The seed of a round, and the hash of those who could be drawn with their weights; the drawn
   * validators follow. {@code secretKnown} is 1 or 0.
   */
  record DrawMade(long job, int round, int secretKnown, Hash32 seed, Hash32 pool)
      implements Event {}

  /** A validator was drawn; {@code weightMicros} is its bond at the draw. */
  record ValidatorDrawn(long job, int round, int validator, long weightMicros) implements Event {}

  /** A verdict was sealed. */
  record VerdictSealed(long job, int round, int validator, Hash32 seal) implements Event {}

  /** The provider opened its result. */
  record ResultOpened(long job, Hash32 resultRoot, long units, Hash32 salt, Hash32 body)
      implements Event {}

  /** A validator opened its verdict. */
  record VerdictOpened(
      long job, int round, int validator, int verdict, Hash32 resultRoot, long units)
      implements Event {}

  /** The job's end is decided ({@link JobEnding} code). */
  record JobJudged(long job, int ending, long units, long agreedMicros, long drawnMicros)
      implements Event {}

  /** Price, fee, checking and deposit are paid out or returned; parts as paid. */
  record JobSettled(
      long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros)
      implements Event {}

  /** The escrow is empty and the job has ended. */
  record JobClosed(long job, int ending) implements Event {}

  /** The network was down; log time leaves the duration out. */
  record OutageRecorded(long durationMs) implements Event {}

  /** A key may act for the account within these limits; {@code parent} is 0 without one. */
  record MandateGranted(
      long mandate,
      int account,
      long parent,
      Address key,
      long amountMicros,
      long expiresMs,
      long classes)
      implements Event {}

  /** The key of a mandate may pay this account. */
  record PayeeAllowed(long mandate, int payee) implements Event {}

  /**
   * What counts against a mandate has changed; {@code changeMicros} is negative for what a job did
   * not use, {@code job} 0 for a transfer.
   */
  record MandateSpent(long mandate, long job, long changeMicros, long spentMicros)
      implements Event {}

  /** A mandate has ended: the owner revoked it, or the account has another owner. */
  record MandateRevoked(long mandate) implements Event {}

  /** This key may take the account over; the zero address is nobody. */
  record OwnerNamed(int account, Address newOwner) implements Event {}

  /** The account has another owner from now on. */
  record OwnerChanged(int account, Address owner) implements Event {}
}
