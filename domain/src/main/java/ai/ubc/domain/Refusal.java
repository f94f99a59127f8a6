package ai.ubc.domain;

/**
 * Why a command was not carried out. Numbers are permanent: they stand in acknowledgements, the
 * journal and clients. A command is tested in the order of the groups below, and within a group in
 * the order of declaration, unless the command's rule says otherwise.
 */
public enum Refusal {
  // Admission: is this a command at all, and may this key give it?
  MALFORMED(
      1,
      "The bytes are not a command of this version. Build the command with a client of this"
          + " network's version."),
  BAD_SIGNATURE(
      2,
      "No key can be recovered from the signature, or its s is in the upper half. Sign again,"
          + " low-s."),
  EXPIRED(
      3,
      "The command's notAfter lies before the ledger's time. It did not run; sign it again with a"
          + " later notAfter."),
  NOT_AFTER_TOO_FAR(
      4,
      "The command's notAfter lies too far in the future. Choose at most two minutes from the"
          + " ledger's time."),
  UNKNOWN_ACCOUNT(5, "There is no account with this number. Register the owner first."),
  NOT_OWNER(6, "The key that signed does not own this account."),
  NONCE_REUSED(
      7, "This key used the nonce for another command that is still valid. Choose a new nonce."),
  TOO_MANY_PENDING(
      8,
      "Too many commands are still within their validity. Wait until some have passed their"
          + " notAfter."),
  SYSTEM_ONLY(9, "Only the network itself may give this command."),
  MANDATE_REVOKED(10, "The owner has revoked the mandate of this key. Ask the owner for another."),
  MANDATE_EXPIRED(11, "The mandate of this key has expired. Ask the owner for another."),

  // Fields: each on its own.
  INVALID_AMOUNT(20, "An amount must be positive and within the limits of the ledger."),
  INVALID_ASSET(21, "There is no asset with this number."),
  INVALID_ROLE(22, "A bond is for role 1 (provider) or 2 (validator)."),
  INVALID_CLASS(23, "There is no resource class with this number."),
  INVALID_PRICE(24, "A price must be positive and within the limits of the ledger."),
  INVALID_QUANTITY(25, "A quantity must be positive and within the limits of the ledger."),
  INVALID_TIER(26, "The checking tier is not offered. Use none or quorum."),
  INVALID_VALIDATORS(27, "The number of validators does not fit the tier."),
  INVALID_ITEMS(28, "A job has at least one item and at most the network's limit."),
  INVALID_POLICY(29, "The input policy is not offered."),
  INVALID_WINDOW(
      30,
      "The time to run must cover the limit of units at the network's slowest speed, and be at most"
          + " the network's limit. Give more time, or ask for fewer units."),
  INVALID_HASH(31, "A hash that must be given is zero."),
  INVALID_VERDICT(32, "The verdict is not one of the known."),
  INVALID_OWNER(
      33, "The zero address can not own an account, and an owner is not its own next one."),
  INVALID_KEY(
      34,
      "The key of a mandate is neither zero, nor the account's owner, nor named as its next one."
          + " Make a new key."),
  INVALID_EXPIRY(35, "A mandate ends after the ledger's time, and within 366 days of it."),
  INVALID_WAIT(36, "A job waits for an offer for 7 days at most; 0 is not at all."),

  // State: does it fit what the ledger holds?
  OWNER_EXISTS(40, "This owner has an account already."),
  UNKNOWN_PAYEE(41, "There is no account with the payee's number."),
  SAME_ACCOUNT(42, "Payer and payee are the same account."),
  INSUFFICIENT_FUNDS(
      43, "The account's free balance does not cover this. Add funds or ask for less."),
  INSUFFICIENT_BOND(44, "The account's free bond does not cover this. Bond more first."),
  BOND_LOCKED(45, "The bond stays locked until the time after the last duty has passed."),
  UNKNOWN_ORDER(46, "There is no such open order."),
  NOT_PARTY(47, "The account is not a party with this part in the job."),
  UNKNOWN_JOB(48, "There is no job with this number."),
  WRONG_STATE(49, "The job is not in a state that takes this command."),
  NO_OFFER(
      50,
      "No open offer carries this job at the price limit. Raise the limit, ask for fewer units, or"
          + " let the job wait."),
  COST_LIMIT(51, "Price, fee and checking together exceed the cost limit of the order."),
  NO_VALIDATORS(52, "Too few bonded validators can be drawn for this job. Ask for fewer or wait."),
  WRONG_ROUND(53, "The verdict belongs to another round of drawing."),
  ALREADY_DONE(54, "This has been done already."),
  HASH_MISMATCH(55, "What is opened does not hash to what was committed."),
  UNITS_EXCEEDED(56, "The result claims more units than the job's limit."),
  NOT_DUE(57, "The deadline has not passed yet."),
  WRONG_BEACON(58, "The beacon's preimage does not hash to the published head."),
  LIMIT_REACHED(59, "The ledger's capacity for this kind of thing is used up. Try later."),
  HOLD_TOO_SHORT(
      60,
      "The receipt does not hold the result's body until the job can be closed. Ask the store for a"
          + " new receipt."),

  // Mandates: may this session key do this?
  NOT_IN_MANDATE(
      72,
      "A session key submits jobs, cancels them, reveals their secrets, closes them and pays"
          + " COMPUTE to allowed payees. The owner's key must sign this."),
  CLASS_NOT_ALLOWED(73, "The mandate of this key does not allow jobs of this resource class."),
  PAYEE_NOT_ALLOWED(
      74, "The mandate of this key does not allow this payee. The owner can allow it."),
  OVER_BUDGET(
      75,
      "This could cost more than is left of the key's mandate. Ask for less, or ask the owner for"
          + " another mandate."),
  KEY_HAS_MANDATE(
      76, "This key has a live mandate of the account. Revoke that one, or make a new key."),
  UNKNOWN_MANDATE(77, "The account has no mandate with this number.");

  private final int number;
  private final String advice;

  Refusal(int number, String advice) {
    this.number = number;
    this.advice = advice;
  }

  /** The number of a command that was carried out; no refusal has it. */
  public static final int DONE = 0;

  /** The permanent number, 1 to 65,535. */
  public int number() {
    return number;
  }

  /** One or two sentences for a person: what is wrong and what to do. */
  public String advice() {
    return advice;
  }

  /**
   * Finds a refusal by its number.
   *
   * @throws IllegalArgumentException when no refusal has the number
   */
  public static Refusal of(int number) {
    for (Refusal refusal : values()) {
      if (refusal.number == number) {
        return refusal;
      }
    }
    throw new IllegalArgumentException("no refusal has the number " + number);
  }
}
