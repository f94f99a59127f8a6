package ai.ubc.domain;

/**
 * What the ledger did, as primitives: one method an event, its parameters the fields of the schema
 * in the schema's order. Events of one entry arrive in the order in which they happened; position
 * and log time are the entry's.
 */
public interface EventSink {
  /** A version of the rules is in force from this entry on. */
  void rulesActivated(int version);

  /** An account was opened. */
  void accountRegistered(int account, long owner0, long owner1, int owner2);

  /**
   * Money moved: the only event that changes a balance. Kinds are {@link HolderKind} codes, the
   * cause a {@link Cause} code; {@code job} is 0 outside a job.
   */
  void posted(
      int asset,
      long amountMicros,
      int fromKind,
      long fromId,
      int toKind,
      long toId,
      int cause,
      long job);

  /** An offer rests on the book. */
  void offerPlaced(
      long order, int account, int resourceClass, long priceMicros, long quantityUnits);

  /** A job took units from an offer; at 0 remaining it has left the book. */
  void offerTaken(long order, long lease, long units, long remainingUnits);

  /** The owner took the rest of an offer off the book. */
  void offerCancelled(long order, long remainingUnits);

  /** A fill became a lease. */
  void leaseOpened(
      long lease,
      long order,
      int provider,
      int requester,
      int resourceClass,
      long priceMicros,
      long units);

  /**
   * A job waits for an offer; {@code heldMicros} is what a lock holds for it: price, fee, checking
   * and deposit at its limit price.
   */
  void jobQueued(
      long job,
      int requester,
      long program0,
      long program1,
      long program2,
      long program3,
      long input0,
      long input1,
      long input2,
      long input3,
      long secretHash0,
      long secretHash1,
      long secretHash2,
      long secretHash3,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long heldMicros);

  /** A job was submitted on a lease; amounts are what its escrow holds. */
  void jobSubmitted(
      long job,
      long lease,
      int requester,
      int provider,
      long program0,
      long program1,
      long program2,
      long program3,
      long input0,
      long input1,
      long input2,
      long input3,
      long secretHash0,
      long secretHash1,
      long secretHash2,
      long secretHash3,
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
      long providerBondMicros);

  /** A lock was opened for an escrow; money enters it by the next {@code posted}. */
  void lockOpened(long lock, long job, int kind, int payer, int beneficiary);

  /** From now on another account would get the lock's money if everything stopped here. */
  void lockReassigned(long lock, int beneficiary);

  /**
   * A job changed its state; at {@code deadlineMs} (log time, 0 for none) anyone may move it on.
   */
  void jobStateChanged(long job, int from, int to, long deadlineMs);

  /** The provider committed. */
  void resultCommitted(
      long job,
      long saltedResult0,
      long saltedResult1,
      long saltedResult2,
      long saltedResult3,
      long itemsRoot0,
      long itemsRoot1,
      long itemsRoot2,
      long itemsRoot3);

  /** The requester's secret is known. */
  void secretRevealed(long job, long secret0, long secret1, long secret2, long secret3);

  /**
   * A beacon slot was opened; the last four words are the hash that the next preimage must have.
   */
  void beaconOpened(
      long slot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long head0,
      long head1,
      long head2,
      long head3);

  /**
   * The seed of a round, and the hash of those who could be drawn with their weights; the drawn
   * validators follow. {@code secretKnown} is 1 or 0.
   */
  void drawMade(
      long job,
      int round,
      int secretKnown,
      long seed0,
      long seed1,
      long seed2,
      long seed3,
      long pool0,
      long pool1,
      long pool2,
      long pool3);

  /** A validator was drawn; {@code weightMicros} is its bond at the draw. */
  void validatorDrawn(long job, int round, int validator, long weightMicros);

  /** A verdict was sealed. */
  void verdictSealed(
      long job, int round, int validator, long seal0, long seal1, long seal2, long seal3);

  /** The provider opened its result. */
  void resultOpened(
      long job,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3,
      long body0,
      long body1,
      long body2,
      long body3);

  /** A validator opened its verdict. */
  void verdictOpened(
      long job,
      int round,
      int validator,
      int verdict,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units);

  /**
   * The job's end is decided ({@link JobEnding} code).
   *
   * @param units units that are paid for
   * @param agreedMicros drawn weight that stands behind the decision
   * @param drawnMicros all drawn weight, 0 where nobody was drawn
   */
  void jobJudged(long job, int ending, long units, long agreedMicros, long drawnMicros);

  /** Price, fee, checking and deposit are paid out or returned; parts as paid. */
  void jobSettled(long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros);

  /** The escrow is empty and the job has ended. */
  void jobClosed(long job, int ending);

  /** The network was down; log time leaves the duration out. */
  void outageRecorded(long durationMs);

  /** A key may act for the account within these limits; {@code parent} is 0 without one. */
  void mandateGranted(
      long mandate,
      int account,
      long parent,
      long key0,
      long key1,
      int key2,
      long amountMicros,
      long expiresMs,
      long classes);

  /** The key of a mandate may pay this account. */
  void payeeAllowed(long mandate, int payee);

  /**
   * What counts against a mandate has changed.
   *
   * @param job the job, or 0 for a transfer
   * @param changeMicros what is counted now; negative for what a job did not use
   * @param spentMicros all that counts against the mandate from now on
   */
  void mandateSpent(long mandate, long job, long changeMicros, long spentMicros);

  /** A mandate has ended: the owner revoked it, or the account has another owner. */
  void mandateRevoked(long mandate);

  /** This key may take the account over; the zero address is nobody. */
  void ownerNamed(int account, long newOwner0, long newOwner1, int newOwner2);

  /** The account has another owner from now on. */
  void ownerChanged(int account, long owner0, long owner1, int owner2);
}
