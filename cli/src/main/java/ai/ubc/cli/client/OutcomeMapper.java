package ai.ubc.cli.client;

import ai.ubc.api.JobView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.OutcomeUnknown;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.KeyInUse;
import java.util.Map;

/** Says to a person, and to a script, what the ledger holds of a job. */
public final class OutcomeMapper {
  /** What came of a job that was taken back while it waited. */
  public static final String CANCELLED = JobEnding.CANCELLED.name();

  private OutcomeMapper() {}

  /** What is being done for a job, in a line. */
  public static String progress(JobView job) {
    String what =
        switch (JobState.valueOf(job.state())) {
          case WAITING -> "waiting for an offer";
          case LEASED -> "provider " + job.provider() + " runs it";
          case AWAITING_SECRET, AWAITING_BEACON -> "drawing validators";
          case SEALING -> "validators re-run it";
          case OPENING, AWAITING_RESULT -> "opening the result";
          case HELD, CLOSED -> "done";
        };
    return "job " + job.job() + ": " + what + " …";
  }

  /** What a failed command ends with: exit code, outcome, and a sentence. */
  public static CommandFailure failure(Exception e) {
    return switch (e) {
      case CommandFailure failure -> failure;
      case LedgerRefused refused ->
          // Its message begins with its name.
          CommandFailure.ofNamed(
              exitCode(refused), refused.refusal().name(), String.valueOf(e.getMessage()), e);
      case JobNotDelivered job ->
          CommandFailure.of(ExitCode.NO_OFFER_OR_DEADLINE, job.ending(), notDelivered(job), e);
      case GatewayProblem problem ->
          CommandFailure.ofNamed(
              ExitCode.FAILURE, problem.code(), String.valueOf(e.getMessage()), e);
      case GatewayUnreachable _ -> failed("UNREACHABLE", e);
      case OutcomeUnknown _ -> failed("OUTCOME_UNKNOWN", e);
      case KeyInUse _ -> failed("KEY_IN_USE", e);
      case LocalFault _ -> failed("LOCAL_FAULT", e);
      default -> failed(CommandFailure.FAILED, e);
    };
  }

  private static CommandFailure failed(String outcome, Exception e) {
    return CommandFailure.of(ExitCode.FAILURE, outcome, String.valueOf(e.getMessage()), e);
  }

  /** What the JSON says of a failure. */
  static Map<String, Object> facts(Exception e) {
    return switch (e) {
      case LedgerRefused refused -> Map.of("refusal", refused.refusal().number());
      case CommandFailure failure when failure.getCause() instanceof LedgerRefused refused ->
          Map.of("refusal", refused.refusal().number());
      case JobNotDelivered job -> Map.of("job", job.job());
      default -> Map.of();
    };
  }

  /** Why a job has no result, and what to do. */
  private static String notDelivered(JobNotDelivered e) {
    String why =
        switch (JobEnding.valueOf(e.ending())) {
          case FRAUD ->
              "the drawn validators agree on another result than the provider's; its bond is"
                  + " slashed";
          case WITHHELD -> "the provider did not open its result; its bond is slashed";
          case ABANDONED -> "the provider did not deliver in time; its bond is slashed";
          case CANCELLED -> "it was taken back while it waited for an offer";
          case UNMATCHED -> "no offer came in its time that could carry it within its limits";
          case ACCEPTED, UNCHECKED ->
              throw new IllegalArgumentException("a job that ended " + e.ending() + " is paid for");
        };
    String next =
        e.job().leased().isPresent()
            ? "Run it again to have another provider."
            : "Run it again, under the same --id where it had one; it may wait longer (--wait), or"
                + " cost more.";
    return "job " + e.job().job() + ": " + why + ". You paid nothing. " + next;
  }

  /** The command's exit code where the ledger refused the job, an {@link ExitCode}. */
  private static int exitCode(LedgerRefused e) {
    return switch (e.refusal()) {
      case INSUFFICIENT_FUNDS, COST_LIMIT, OVER_BUDGET -> ExitCode.BUDGET;
      case NO_OFFER, NO_VALIDATORS -> ExitCode.NO_OFFER_OR_DEADLINE;
      case MALFORMED,
          BAD_SIGNATURE,
          EXPIRED,
          NOT_AFTER_TOO_FAR,
          UNKNOWN_ACCOUNT,
          NOT_OWNER,
          NONCE_REUSED,
          TOO_MANY_PENDING,
          SYSTEM_ONLY,
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
          OWNER_EXISTS,
          UNKNOWN_PAYEE,
          SAME_ACCOUNT,
          INSUFFICIENT_BOND,
          BOND_LOCKED,
          UNKNOWN_ORDER,
          NOT_PARTY,
          UNKNOWN_JOB,
          WRONG_STATE,
          WRONG_ROUND,
          ALREADY_DONE,
          HASH_MISMATCH,
          UNITS_EXCEEDED,
          HOLD_TOO_SHORT,
          NOT_DUE,
          WRONG_BEACON,
          LIMIT_REACHED,
          MANDATE_REVOKED,
          MANDATE_EXPIRED,
          NOT_IN_MANDATE,
          CLASS_NOT_ALLOWED,
          PAYEE_NOT_ALLOWED,
          KEY_HAS_MANDATE,
          UNKNOWN_MANDATE ->
          ExitCode.FAILURE;
    };
  }
}
