package ai.ubc.domain;

/**
 * What the log can ask of the ledger, as primitives: one method a command, its parameters the
 * fields of the schema in the schema's order after the common head (account, nonce, notAfter). A
 * 32-byte value arrives as four big-endian words, an address as two words and an int. Every method
 * returns {@link Refusal#DONE} or a refusal's number; a refused command has changed nothing and
 * emitted nothing.
 */
public interface Commands {
  /** Opens an account for the signer, who must be the named owner. */
  int registerAccount(int account, long owner0, long owner1, int owner2);

  /** Moves {@code amountMicros} of {@code asset} from the account's free balance to another's. */
  int transfer(int account, int toAccount, int asset, long amountMicros);

  /** Moves free COMPUTE into the account's bond for {@code role} (a {@link Role} code). */
  int bond(int account, int role, long amountMicros);

  /**
   * Moves bonded COMPUTE that no job reserves back to the free balance, once the last duty is long
   * enough ago.
   */
  int unbond(int account, int role, long amountMicros);

  /**
   * Offers compute on the book of {@code resourceClass}.
   *
   * @param priceMicros micro-COMPUTE for 1,000,000 units
   * @param quantityUnits units on offer; one job takes its whole limit from one offer
   */
  int placeOffer(int account, int resourceClass, long priceMicros, long quantityUnits);

  /** Takes what is left of an own offer off the book. */
  int cancelOffer(int account, long order);

  /**
   * Buys a lease from the best offer that can carry the job and submits the job on it. Where there
   * is none, the job waits for one.
   *
   * @param program0 SHA-256 of the program body, first word of four
   * @param input0 SHA-256 of the input bundle, first word of four
   * @param secretHash0 Keccak-256 of the requester's 32-byte secret, first word of four
   * @param itemCount number of items in the bundle
   * @param tier a {@link Tier} code
   * @param validators how many validators to draw; 0 for tier none
   * @param inputPolicy an {@link InputPolicy} code
   * @param maxUnits the most units that are paid for
   * @param limitPriceMicros the highest price for 1,000,000 units
   * @param maxCostMicros bound on price, fee and checking together
   * @param runWindowMs log time the provider has until its commit, enough to run {@code maxUnits}
   * @param waitMs log time that the job may wait for an offer, its cost at the limit price held
   *     meanwhile; 0 to be refused when none can carry it now
   */
  int submitJob(
      int account,
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
      int resourceClass,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long maxCostMicros,
      long runWindowMs,
      long waitMs);

  /** The requester takes back a job that waits for an offer; what it holds returns. */
  int cancelJob(int account, long job);

  /** The provider binds itself to a result: its salted hash and the root over the salted items. */
  int commitResult(
      int account,
      long job,
      long saltedResult0,
      long saltedResult1,
      long saltedResult2,
      long saltedResult3,
      long itemsRoot0,
      long itemsRoot1,
      long itemsRoot2,
      long itemsRoot3);

  /** The requester reveals the secret whose hash the job carries. */
  int revealSecret(int account, long job, long secret0, long secret1, long secret2, long secret3);

  /**
   * The provider opens what it committed and names the stored result body (SHA-256), which the
   * notary's receipt says is held until {@code heldUntilMs}.
   */
  int openResult(
      int account,
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
      long body3,
      long heldUntilMs);

  /** A drawn validator seals its verdict. */
  int sealVerdict(int account, long job, int round, long seal0, long seal1, long seal2, long seal3);

  /** A drawn validator opens its sealed verdict (a {@link Verdict} code). */
  int openVerdict(
      int account,
      long job,
      int round,
      int verdict,
      long resultRoot0,
      long resultRoot1,
      long resultRoot2,
      long resultRoot3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3);

  /** Anyone moves a job on whose deadline has passed. */
  int closeJob(int account, long job);

  /**
   * The owner gives a session key a mandate: it may act for the account within these limits.
   *
   * @param amountMicros the most micro-COMPUTE that the key may spend
   * @param expiresMs log time from which on the key may do nothing
   * @param classes the resource classes whose jobs it may submit: bit n stands for class n
   */
  int grantMandate(
      int account, long key0, long key1, int key2, long amountMicros, long expiresMs, long classes);

  /** The owner lets the key of a mandate pay COMPUTE to an account. */
  int allowPayee(int account, long mandate, int payee);

  /** The owner ends a mandate. */
  int revokeMandate(int account, long mandate);

  /** The owner names the key that may take the account over; the zero address names none. */
  int nameOwner(int account, long newOwner0, long newOwner1, int newOwner2);

  /** The key that was named takes the account over. */
  int acceptOwner(int account);

  /**
   * System: activates a version of the rules; the first activation also makes the genesis
   * allocations.
   */
  int activateRules(int version);

  /** System: time has passed; due deadlines are handled, a bounded number at a time. */
  int tick();

  /** System: opens beacon slot {@code slot} by the preimage of the published head. */
  int beacon(
      long slot,
      long preimage0,
      long preimage1,
      long preimage2,
      long preimage3,
      long nextHead0,
      long nextHead1,
      long nextHead2,
      long nextHead3);

  /** System: the network was down for {@code durationMs}, which log time leaves out. */
  int recordOutage(long durationMs);
}
