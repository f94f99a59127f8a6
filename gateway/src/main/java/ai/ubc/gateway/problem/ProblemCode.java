package ai.ubc.gateway.problem;

/** The gateway's own problems; refusals of the ledger have their own names. Names are permanent. */
public enum ProblemCode {
  /** A path, query or header value is missing or not of its form. */
  INVALID_REQUEST(400, "The request is not of its form"),
  /** Access is needed, and none was given. */
  ACCESS_REQUIRED(401, "Access is needed"),
  /** What was given is no valid access token. */
  ACCESS_INVALID(401, "The access token is not valid"),
  /** The account has no right to the body or the receipt. */
  ACCESS_DENIED(403, "The account has no right to this"),
  /** There is nothing at the path. */
  NOT_FOUND(404, "There is nothing at this path"),
  /** No such command was logged. */
  UNKNOWN_COMMAND(404, "No such command was logged"),
  /** The body is not in the store. */
  UNKNOWN_BODY(404, "The body is not in the store"),
  /** The account has published no encryption key. */
  UNKNOWN_KEY(404, "The account has no encryption key"),
  /** The path does not take the method. */
  METHOD_NOT_ALLOWED(405, "The path does not take this method"),
  /** The answer has another media type. */
  NOT_ACCEPTABLE(406, "The answer has another media type"),
  /** A command names a body that is not in the store. */
  BODY_MISSING(409, "A named body is not in the store"),
  /** The request's body exceeds the limit. */
  TOO_LARGE(413, "The body is too large"),
  /** The request's body has another media type. */
  WRONG_MEDIA_TYPE(415, "The body has the wrong media type"),
  /** Uploaded bytes do not hash to their name. */
  HASH_DIFFERS(422, "The bytes do not hash to their name"),
  /** A result body does not match what is opened. */
  BODY_MISMATCH(422, "The result body does not match what is opened"),
  /** An opening without the notary's receipt for what it says. */
  RECEIPT_INVALID(422, "The receipt is not the notary's"),
  /** An encryption key that is not signed by the account's owner. */
  KEY_INVALID(422, "The encryption key is not signed by the account's owner"),
  /** Too many commands are in flight. */
  OVERLOADED(429, "Too many commands are in flight"),
  /** Our fault. */
  INTERNAL(500, "The gateway failed"),
  /** No sequencer is to be had. */
  LEDGER_UNAVAILABLE(503, "The ledger can not be reached"),
  /** Database or disk are not to be had. */
  STORE_UNAVAILABLE(503, "The gateway's storage can not be reached"),
  /** The read model has not got to the position asked for. */
  BEHIND(503, "The gateway has not read so far yet"),
  /** Too many streams are open. */
  TOO_MANY_STREAMS(503, "Too many streams are open"),
  /** The ledger did not answer in time. */
  UNKNOWN_OUTCOME(504, "The outcome is not known yet"),
  /** The account's bodies would exceed its quota. */
  QUOTA_EXCEEDED(507, "The account's quota is used up");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short name for people. */
  public String title() {
    return title;
  }
}
