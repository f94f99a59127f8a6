package ai.ubc.gateway.problem;

import ai.ubc.domain.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request fails for a reason that its sender can act on. The message is the detail for a person:
 * what happened, to what, and what to do.
 */
public final class RequestFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private final String code;
  private final String title;
  private final int status;
  private final int number;
  private final long seq;
  private final boolean retry;

  private RequestFailure(
      String code, String title, int status, int number, long seq, boolean retry, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.title = title;
    this.status = status;
    this.number = number;
    this.seq = seq;
    this.retry = retry;
  }

  /** A problem of the gateway. */
  public static RequestFailure of(ProblemCode code, String detail) {
    return new RequestFailure(
        code.name(), code.title(), code.status(), 0, 0, isTransient(code.status()), detail);
  }

  /** A refusal by the ledger's rules before anything was logged. */
  public static RequestFailure refused(Refusal refusal, String detail) {
    return refused(refusal, 0, detail);
  }

  /** A refusal of the log entry at {@code seq}. */
  public static RequestFailure refused(Refusal refusal, long seq) {
    return refused(refusal, seq, refusal.advice());
  }

  private static RequestFailure refused(Refusal refusal, long seq, String detail) {
    int status = RefusalStatus.of(refusal);
    return new RequestFailure(
        refusal.name(),
        "Refused: " + refusal.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
        status,
        refusal.number(),
        seq,
        isTransient(status),
        detail);
  }

  private static boolean isTransient(int status) {
    return status == 429 || status == 503;
  }

  /** The stable code that programs decide by. */
  public String code() {
    return code;
  }

  /** A short name for people, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What happened, to what, and what to do. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The refusal's number; empty for the gateway's own problems. */
  public OptionalInt number() {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Position of the refused entry; empty when nothing was logged. */
  public OptionalLong seq() {
    return seq == 0 ? OptionalLong.empty() : OptionalLong.of(seq);
  }

  /** After how long the same request may succeed; empty when it will not by waiting alone. */
  public Optional<Duration> retryAfter() {
    return retry ? Optional.of(RETRY_SOON) : Optional.empty();
  }
}
