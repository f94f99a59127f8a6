package ai.ubc.gateway.problem;

import ai.ubc.domain.Refusal;

/** The HTTP status of each refusal of the ledger. */
final class RefusalStatus {
  private RefusalStatus() {}

  static int of(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED, BAD_SIGNATURE -> 400;
      case INSUFFICIENT_FUNDS, INSUFFICIENT_BOND, OVER_BUDGET -> 402;
      case NOT_OWNER,
          NOT_PARTY,
          SYSTEM_ONLY,
          MANDATE_REVOKED,
          MANDATE_EXPIRED,
          NOT_IN_MANDATE,
          CLASS_NOT_ALLOWED,
          PAYEE_NOT_ALLOWED ->
          403;
      case UNKNOWN_ACCOUNT, UNKNOWN_PAYEE, UNKNOWN_ORDER, UNKNOWN_JOB, UNKNOWN_MANDATE -> 404;
      case NONCE_REUSED,
          OWNER_EXISTS,
          BOND_LOCKED,
          WRONG_STATE,
          NO_OFFER,
          COST_LIMIT,
          NO_VALIDATORS,
          WRONG_ROUND,
          ALREADY_DONE,
          KEY_HAS_MANDATE,
          NOT_DUE ->
          409;
      case EXPIRED,
          NOT_AFTER_TOO_FAR,
          INVALID_AMOUNT,
          INVALID_ASSET,
          INVALID_ROLE,
          INVALID_CLASS,
          INVALID_PRICE,
          INVALID_QUANTITY,
          INVALID_TIER,
          INVALID_VALIDATORS,
          INVALID_ITEMS,
          INVALID_POLICY,
          INVALID_WINDOW,
          INVALID_HASH,
          INVALID_VERDICT,
          INVALID_OWNER,
          INVALID_KEY,
          INVALID_EXPIRY,
          INVALID_WAIT,
          SAME_ACCOUNT,
          HASH_MISMATCH,
          UNITS_EXCEEDED,
          HOLD_TOO_SHORT,
          WRONG_BEACON ->
          422;
      case TOO_MANY_PENDING -> 429;
      case LIMIT_REACHED -> 503;
    };
  }
}
