package ai.ubc.sdk;

import org.jspecify.annotations.Nullable;

/** The gateway answered with a problem of its own, not with a refusal of the ledger. */
public final class GatewayProblem extends UbcException {
  private static final long serialVersionUID = 1;

  /** The answer is not what this client understands. */
  public static final String BAD_ANSWER = "BAD_ANSWER";

  /** TLS was spoken to a plain port, or plain HTTP to one that wants TLS. */
  public static final String WRONG_SCHEME = "WRONG_SCHEME";

  /** The genesis that the gateway serves does not have the hash that it names. */
  public static final String GENESIS_MISMATCH = "GENESIS_MISMATCH";

  /** A body is longer than this client takes. */
  public static final String BODY_TOO_LARGE = "BODY_TOO_LARGE";

  /** A body that came is not the one asked for. */
  public static final String BODY_DIFFERS = "BODY_DIFFERS";

  /** There is no such body in the store. */
  public static final String UNKNOWN_BODY = "UNKNOWN_BODY";

  /** The account has no right to a body. */
  public static final String ACCESS_DENIED = "ACCESS_DENIED";

  /** A body that a command names is not in the store. */
  public static final String BODY_MISSING = "BODY_MISSING";

  /** An account has published no key to encrypt to. */
  public static final String UNKNOWN_KEY = "UNKNOWN_KEY";

  /** A key to encrypt to that the account's owner did not sign. */
  public static final String ENCRYPTION_KEY_FORGED = "ENCRYPTION_KEY_FORGED";

  /** The provider whose offer would be taken can read no private job. */
  public static final String NO_ENCRYPTION_KEY = "NO_ENCRYPTION_KEY";

  /** A sealed job of the account was bought with another key, and opens with that only. */
  public static final String NO_JOB_KEY = "NO_JOB_KEY";

  private final String code;
  private final int status;
  private final long retryAfterMs;

  /** A problem with its stable code and HTTP status. */
  public GatewayProblem(
      String code, int status, String detail, long retryAfterMs, @Nullable Throwable cause) {
    super(code + ": " + detail, cause);
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** The stable code that programs decide by. */
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  /** How long the gateway asks to wait before trying again, milliseconds; 0 when it does not. */
  public long retryAfterMs() {
    return retryAfterMs;
  }

  @Override
  public boolean isRetryable() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }
}
