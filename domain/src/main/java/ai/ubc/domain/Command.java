package ai.ubc.domain;

/**
 * A user's command as a value for the cold path: what a client fills in and signs. Fields are those
 * of {@link Commands}, in its order; the account, nonce and expiry of the common head stand in
 * {@link Head}.
 */
public sealed interface Command {
  /**
   * The common head of every signed command.
   *
   * @param account the account that acts; 0 when it is being registered
   * @param nonce any number this key has not used for another command that is still valid
   * @param notAfterMs log time after which the command must not run, milliseconds
   */
  record Head(int account, long nonce, long notAfterMs) {}

  /** Opens an account for the signer, who must be the named owner. */
  record RegisterAccount(Address owner) implements Command {}

  /** Moves {@code amountMicros} of {@code asset} from the account's free balance to another's. */
  record Transfer(int toAccount, int asset, long amountMicros) implements Command {}

  /** Moves free COMPUTE into the account's bond for {@code role} (a {@link Role} code). */
  record Bond(int role, long amountMicros) implements Command {}

  /**
   * Moves bonded COMPUTE that no job reserves back to the free balance, once the last duty is long
   * enough ago.
   */
  record Unbond(int role, long amountMicros) implements Command {}

  /** Offers compute on the book of {@code resourceClass}. */
  record PlaceOffer(int resourceClass, long priceMicros, long quantityUnits) implements Command {}

  /** Takes what is left of an own offer off the book. */
  record CancelOffer(long order) implements Command {}

  /**
   * Buys a lease from the best offer that can carry the job and submits the job on it; where there
   * is none, the job waits {@code waitMs} for one, or is refused for 0.
   */
  record SubmitJob(
      Hash32 program,
      Hash32 input,
      Hash32 secretHash,
      int resourceClass,
      int itemCount,
      int tier,
      int validators,
      int inputPolicy,
      long maxUnits,
      long limitPriceMicros,
      long maxCostMicros,
      long runWindowMs,
      long waitMs)
      implements Command {}

  /** Takes back a job that waits for an offer. */
  record CancelJob(long job) implements Command {}

  /** The provider binds itself to a result: its salted hash and the root over the salted items. */
  record CommitResult(long job, Hash32 saltedResult, Hash32 itemsRoot) implements Command {}

  /** The requester reveals the secret whose hash the job carries. */
  record RevealSecret(long job, Hash32 secret) implements Command {}

  /**
   * The provider opens what it committed and names the stored result body (SHA-256), with the
   * notary's receipt that the body is held until a log time and holds this result. The receipt's
   * signature is compact (EIP-2098) and no argument of the ledger: it is checked before the entry
   * is logged, and by every replay.
   */
  record OpenResult(
      long job,
      Hash32 resultRoot,
      long units,
      Hash32 salt,
      Hash32 body,
      long heldUntilMs,
      Hash32 receiptR,
      Hash32 receiptVs)
      implements Command {}

  /** A drawn validator seals its verdict. */
  record SealVerdict(long job, int round, Hash32 seal) implements Command {}

  /** A drawn validator opens its sealed verdict (a {@link Verdict} code). */
  record OpenVerdict(long job, int round, int verdict, Hash32 resultRoot, long units, Hash32 salt)
      implements Command {}

  /** Anyone moves a job on whose deadline has passed. */
  record CloseJob(long job) implements Command {}

  /**
   * The owner gives a session key a mandate: it may spend {@code amountMicros} of COMPUTE until
   * {@code expiresMs} (log time) on jobs of the classes whose bits are set.
   */
  record GrantMandate(Address key, long amountMicros, long expiresMs, long classes)
      implements Command {}

  /** The owner lets the key of a mandate pay COMPUTE to an account. */
  record AllowPayee(long mandate, int payee) implements Command {}

  /** The owner ends a mandate. */
  record RevokeMandate(long mandate) implements Command {}

  /** The owner names the key that may take the account over; the zero address names none. */
  record NameOwner(Address newOwner) implements Command {}

  /** The key that was named takes the account over. */
  record AcceptOwner() implements Command {}
}
