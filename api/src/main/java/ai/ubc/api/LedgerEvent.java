package ai.ubc.api;

import org.jspecify.annotations.Nullable;

/**
 * What the ledger did, by type. In JSON each carries its type's name as {@code type}, such as
 * {@code "type":"JobSubmitted"}.
 */
public sealed interface LedgerEvent {

  /** A version of the rules is in force from this entry on. */
  record RulesActivated(int version) implements LedgerEvent {}

  /** An account was opened. */
  record AccountRegistered(int account, String owner) implements LedgerEvent {}

  /** Money moved: the only event that changes a balance. {@code job} is 0 outside a job. */
  record Posted(
      int asset,
      long amountMicros,
      String fromKind,
      long fromId,
      String toKind,
      long toId,
      String cause,
      long job)
      implements LedgerEvent {}

  /** An offer rests on the book. */
  record OfferPlaced(
      long order, int account, String resourceClass, long priceMicros, long quantityUnits)
      implements LedgerEvent {}

  /** A job took units from an offer; at 0 remaining it has left the book. */
  record OfferTaken(long order, long lease, long units, long remainingUnits)
      implements LedgerEvent {}

  /** The owner took the rest of an offer off the book. */
  record OfferCancelled(long order, long remainingUnits) implements LedgerEvent {}

  /** A fill became a lease. */
  record LeaseOpened(
      long lease,
      long order,
      int provider,
      int requester,
      String resourceClass,
      long priceMicros,
      long units)
      implements LedgerEvent {}

  /**
   * A job waits for an offer at its limit price or below; {@code heldMicros} is what a lock holds
   * for it meanwhile.
   */
  record JobQueued(
      long job,
      int requester,
      String program,
      String input,
      String secretHash,
      int items,
      String check,
      int validators,
      String inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long heldMicros)
      implements LedgerEvent {}

  /**
   * A job was submitted on a lease, or got one after waiting; amounts are what its escrow holds.
   */
  record JobSubmitted(
      long job,
      long lease,
      int requester,
      int provider,
      String program,
      String input,
      String secretHash,
      int items,
      String check,
      int validators,
      String inputPolicy,
      long maxUnits,
      long priceMicros,
      long priceHeldMicros,
      long feeHeldMicros,
      long checkingHeldMicros,
      long depositHeldMicros,
      long providerBondMicros)
      implements LedgerEvent {}

  /** A lock was opened for an escrow; money enters it by the next {@code posted}. */
  record LockOpened(long lock, long job, String kind, int payer, int beneficiary)
      implements LedgerEvent {}

  /** From now on another account would get the lock's money if everything stopped here. */
  record LockReassigned(long lock, int beneficiary) implements LedgerEvent {}

  /**
   * A job changed its state; at {@code deadlineMs} (log time, 0 for none) anyone may move it on.
   * {@code from} is absent for a new job.
   */
  record JobStateChanged(long job, @Nullable String from, String to, long deadlineMs)
      implements LedgerEvent {}

  /** The provider committed. */
  record ResultCommitted(long job, String saltedResult, String itemsRoot) implements LedgerEvent {}

  /** The requester's secret is known. */
  record SecretRevealed(long job, String secret) implements LedgerEvent {}

  /** A beacon slot was opened; {@code head} is the hash that the next preimage must have. */
  record BeaconOpened(long slot, String preimage, String head) implements LedgerEvent {}

  /** The seed of a round; the drawn validators follow. */
  record DrawMade(long job, int round, boolean secretKnown, String seed) implements LedgerEvent {}

  /** A validator was drawn; {@code weightMicros} is its bond at the draw. */
  record ValidatorDrawn(long job, int round, int validator, long weightMicros)
      implements LedgerEvent {}

  /** A verdict was sealed. */
  record VerdictSealed(long job, int round, int validator, String seal) implements LedgerEvent {}

  /** The provider opened its result. */
  record ResultOpened(long job, String resultRoot, long units, String salt, String body)
      implements LedgerEvent {}

  /** A validator opened its verdict. */
  record VerdictOpened(
      long job, int round, int validator, String verdict, String resultRoot, long units)
      implements LedgerEvent {}

  /** The job's end is decided. */
  record JobJudged(long job, String ending, long units, long agreedMicros, long drawnMicros)
      implements LedgerEvent {}

  /** Price, fee, checking and deposit are paid out or returned; parts as paid. */
  record JobSettled(
      long job, long payMicros, long feeMicros, long burnedMicros, long checkingMicros)
      implements LedgerEvent {}

  /** The escrow is empty and the job has ended. */
  record JobClosed(long job, String ending) implements LedgerEvent {}

  /** The network was down; log time leaves the duration out. */
  record OutageRecorded(long durationMs) implements LedgerEvent {}

  /**
   * A session key may act for the account within these limits; {@code parent} is 0 without one.
   * {@code expiresMs} is log time; bit n of {@code classes} stands for resource class n.
   */
  record MandateGranted(
      long mandate,
      int account,
      long parent,
      String key,
      long amountMicros,
      long expiresMs,
      long classes)
      implements LedgerEvent {}

  /** The key of a mandate may pay this account. */
  record PayeeAllowed(long mandate, int payee) implements LedgerEvent {}

  /**
   * What counts against a mandate has changed, micro-COMPUTE; {@code changeMicros} is negative for
   * what a job did not use, {@code job} 0 for a transfer.
   */
  record MandateSpent(long mandate, long job, long changeMicros, long spentMicros)
      implements LedgerEvent {}

  /** A mandate has ended: the owner revoked it, or the account has another owner. */
  record MandateRevoked(long mandate) implements LedgerEvent {}

  /** This key may take the account over; the zero address is nobody. */
  record OwnerNamed(int account, String newOwner) implements LedgerEvent {}

  /** The account has another owner from now on. */
  record OwnerChanged(int account, String owner) implements LedgerEvent {}
}
