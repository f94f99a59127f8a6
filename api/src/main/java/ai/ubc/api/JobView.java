package ai.ubc.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the ledger knows about a job.
 *
 * @param job its number
 * @param lease the lease it runs on; absent until an offer takes it
 * @param state {@code WAITING}, {@code LEASED}, {@code AWAITING_SECRET}, {@code AWAITING_BEACON},
 *     {@code SEALING}, {@code OPENING}, {@code AWAITING_RESULT}, {@code HELD} or {@code CLOSED}
 * @param deadlineMs log time at which anyone may move it on; 0 for none
 * @param requester account that pays
 * @param provider account that runs it; absent until an offer takes it
 * @param program SHA-256 of the program
 * @param input SHA-256 of the input bundle
 * @param secretHash Keccak-256 of the requester's secret
 * @param items number of items
 * @param check {@code none} or {@code quorum}
 * @param validators validators asked for; 0 for {@code none}
 * @param inputPolicy {@code PUBLIC}, {@code VALIDATORS} or {@code PARTIES}
 * @param maxUnits the most units that are paid for
 * @param priceMicros price of 1,000,000 units, micro-COMPUTE; absent until an offer takes it
 * @param held what its escrow took when an offer took it; absent before
 * @param queued what it waits, or has waited, for an offer with; absent for a job that got one at
 *     once
 * @param submittedSeq log entry that submitted it
 * @param submittedMs its log time
 * @param updatedSeq last log entry that changed it
 * @param commitment what the provider bound itself to; absent before
 * @param secret the requester's secret; absent while unknown
 * @param rounds drawn rounds, first to last
 * @param result what the provider opened; absent before
 * @param judgement how it was decided; absent before
 * @param settlement what was paid; absent before
 * @param ending how it has ended: as it was judged, {@code CANCELLED} where its requester took it
 *     back while it waited, or {@code UNMATCHED} where no offer could carry it in its time; absent
 *     until it is closed
 * @param history changes of state, first to last
 * @param postings every movement of its money, first to last
 */
public record JobView(
    long job,
    @Nullable Long lease,
    String state,
    long deadlineMs,
    int requester,
    @Nullable Integer provider,
    String program,
    String input,
    String secretHash,
    int items,
    String check,
    int validators,
    String inputPolicy,
    long maxUnits,
    @Nullable Long priceMicros,
    @Nullable Held held,
    @Nullable Queued queued,
    long submittedSeq,
    long submittedMs,
    long updatedSeq,
    @Nullable Commitment commitment,
    @Nullable String secret,
    List<Round> rounds,
    @Nullable Result result,
    @Nullable Judgement judgement,
    @Nullable Settlement settlement,
    @Nullable String ending,
    List<StateChange> history,
    List<Posting> postings) {
  /** The state of a job that waits for an offer. */
  public static final String WAITING = "WAITING";

  /** Copies the lists. */
  public JobView {
    rounds = List.copyOf(rounds);
    history = List.copyOf(history);
    postings = List.copyOf(postings);
  }

  /** Whether it waits for an offer. */
  public boolean waits() {
    return state.equals(WAITING);
  }

  /** The lease that it runs on; empty while no offer has taken it. */
  public Optional<Lease> leased() {
    return lease == null || provider == null || priceMicros == null || held == null
        ? Optional.empty()
        : Optional.of(new Lease(lease, provider, priceMicros, held));
  }

  /** Whether this account has its lease. */
  public boolean isRunBy(int account) {
    return leased().filter(it -> it.provider() == account).isPresent();
  }

  /**
   * What a job got when an offer took it.
   *
   * @param lease number of the lease
   * @param provider account that runs it
   * @param priceMicros price of 1,000,000 units, micro-COMPUTE
   * @param held what its escrow took
   */
  public record Lease(long lease, int provider, long priceMicros, Held held) {}

  /**
   * What the escrow took, micro-COMPUTE.
   *
   * @param priceMicros P, the price at the unit limit
   * @param feeMicros fee on P
   * @param checkingMicros V, the validators' reward
   * @param depositMicros the requester's deposit
   * @param providerBondMicros S, the provider's bond
   */
  public record Held(
      long priceMicros,
      long feeMicros,
      long checkingMicros,
      long depositMicros,
      long providerBondMicros) {}

  /**
   * What a job waits for an offer with.
   *
   * @param limitPriceMicros the highest price of 1,000,000 units that it takes, micro-COMPUTE
   * @param heldMicros what is held for it meanwhile: price, fee, checking and deposit at that
   *     price, micro-COMPUTE
   * @param untilMs log time at which it ends {@code UNMATCHED}
   */
  public record Queued(long limitPriceMicros, long heldMicros, long untilMs) {}

  /**
   * The provider's commitment.
   *
   * @param seq log entry
   * @param saltedResult salted hash of the result
   * @param itemsRoot root over the salted items
   */
  public record Commitment(long seq, String saltedResult, String itemsRoot) {}

  /**
   * A drawn round.
   *
   * @param round its number, from 0
   * @param seed what it was drawn with
   * @param secretKnown whether the requester's secret entered the seed
   * @param validators those drawn, in the order of drawing
   */
  public record Round(int round, String seed, boolean secretKnown, List<Drawn> validators) {
    /** Copies the validators. */
    public Round {
      validators = List.copyOf(validators);
    }
  }

  /**
   * A drawn validator.
   *
   * @param validator its account
   * @param weightMicros its bond at the draw, micro-COMPUTE
   * @param seal its sealed verdict; absent before
   * @param verdict {@code DIGEST}, {@code UNAVAILABLE} or {@code INVALID}; absent until opened
   * @param resultRoot the root it found; absent until opened
   * @param units the units it found; absent until opened
   */
  public record Drawn(
      int validator,
      long weightMicros,
      @Nullable String seal,
      @Nullable String verdict,
      @Nullable String resultRoot,
      @Nullable Long units) {}

  /**
   * The opened result.
   *
   * @param seq log entry
   * @param resultRoot root over the items' results
   * @param units metered units
   * @param salt the salt of the commitment
   * @param body SHA-256 of the result bundle
   */
  public record Result(long seq, String resultRoot, long units, String salt, String body) {}

  /**
   * How the job was decided.
   *
   * @param seq log entry
   * @param ending {@code ACCEPTED}, {@code UNCHECKED}, {@code FRAUD}, {@code WITHHELD} or {@code
   *     ABANDONED}
   * @param units units that are paid for
   * @param agreedMicros drawn weight behind the decision, micro-COMPUTE of bond
   * @param drawnMicros all drawn weight; 0 where nobody was drawn
   */
  public record Judgement(
      long seq, String ending, long units, long agreedMicros, long drawnMicros) {}

  /**
   * What was paid, micro-COMPUTE.
   *
   * @param seq log entry
   * @param payMicros to the provider
   * @param feeMicros fee, with the burned part
   * @param burnedMicros what was burned
   * @param checkingMicros to the validators
   */
  public record Settlement(
      long seq, long payMicros, long feeMicros, long burnedMicros, long checkingMicros) {}

  /**
   * A change of state.
   *
   * @param seq log entry
   * @param logTimeMs its log time
   * @param state the new state
   * @param deadlineMs log time until which it may last; 0 for none
   */
  public record StateChange(long seq, long logTimeMs, String state, long deadlineMs) {}

  /**
   * A movement of money.
   *
   * @param seq log entry
   * @param asset the asset's number
   * @param amountMicros how much, micro-units
   * @param fromKind {@code FREE}, {@code BOND_PROVIDER}, {@code BOND_VALIDATOR}, {@code LOCK},
   *     {@code BURNED} or {@code GENESIS}
   * @param fromId the account or lock it left
   * @param toKind as {@code fromKind}
   * @param toId the account or lock it reached
   * @param cause why, such as {@code PAY} or {@code REFUND}
   */
  public record Posting(
      long seq,
      int asset,
      long amountMicros,
      String fromKind,
      long fromId,
      String toKind,
      long toId,
      String cause) {}
}
