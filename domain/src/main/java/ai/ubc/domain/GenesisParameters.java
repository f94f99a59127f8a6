package ai.ubc.domain;

/**
 * The numbers a network starts with. Amounts are micro-COMPUTE, rates parts per million, windows
 * milliseconds of log time.
 *
 * @param minimumPriceMicros the least price that a job's escrow holds, and the least pay
 * @param feePpm fee on the price, paid by the requester on top
 * @param burnPpm part of the settled amount that is burned out of the fee; at most {@code feePpm}
 * @param depositPpm requester's deposit on the price
 * @param bondPpm provider's bond on the price, before what checking adds
 * @param checkingPpm a validator's reward for a full re-run, on the price
 * @param dutyBondPpm a drawn validator's bond for the duty, on the price
 * @param bondMinMicros least bond behind each open offer, and least free bond of a validator that
 *     can be drawn; 1 to 10^15
 * @param agreement fraction of the drawn weight that must agree; above one half, so that no two
 *     groups reach it
 * @param validatorsMin fewest validators of a quorum; at most {@code validatorsMax}
 * @param validatorsMax most validators of one draw
 * @param redrawsMax how often a round is drawn again
 * @param itemsMax most items of a job
 * @param unitsMax most units of a job or an offer
 * @param priceMicrosMax highest price of 1,000,000 units
 * @param unitsPerSecondMin units that the slowest provider and validator run in a second, whatever
 *     the program; 1 to 2^31 − 1
 * @param runWindowMinMs time until the commit that every provider is given beyond the time to run
 *     the job's limit: to notice, fetch and start; at most {@code runWindowMaxMs}
 * @param runWindowMaxMs longest time a provider may be given until its commit
 * @param secretWindowMs time for the requester to reveal its secret
 * @param beaconWindowMs time for the beacon to open a slot
 * @param sealWindowMs time for drawn validators to seal, beyond the time to run the job's limit
 * @param openWindowMs time to open what was sealed or committed
 * @param disputeWindowMs time an accepted result's bond stays locked
 * @param bondUnlockMs time after the last duty, or the last addition, until a bond may be taken
 *     back
 * @param notAfterMaxMs how far ahead a command's notAfter may lie
 * @param pendingPerSignerMax commands of one key that are remembered within their validity
 */
public record GenesisParameters(
    long minimumPriceMicros,
    int feePpm,
    int burnPpm,
    int depositPpm,
    int bondPpm,
    int checkingPpm,
    int dutyBondPpm,
    long bondMinMicros,
    Fraction agreement,
    int validatorsMin,
    int validatorsMax,
    int redrawsMax,
    int itemsMax,
    long unitsMax,
    long priceMicrosMax,
    int unitsPerSecondMin,
    long runWindowMinMs,
    long runWindowMaxMs,
    long secretWindowMs,
    long beaconWindowMs,
    long sealWindowMs,
    long openWindowMs,
    long disputeWindowMs,
    long bondUnlockMs,
    long notAfterMaxMs,
    int pendingPerSignerMax) {

  // 35 years: a deadline never overflows.
  private static final long WINDOW_MAX_MS = 1L << 40;

  /** Validates each number against its range; see the parameters. */
  public GenesisParameters {
    require(minimumPriceMicros > 0, "minimumPriceMicros must be positive");
    require(
        isPpm(feePpm) && isPpm(burnPpm) && burnPpm <= feePpm,
        "0 <= burnPpm <= feePpm <= 1,000,000");
    require(
        isPpm(depositPpm) && isPpm(bondPpm) && isPpm(dutyBondPpm),
        "deposit and bonds are parts per million");
    require(checkingPpm >= 0 && checkingPpm <= 10_000_000, "checkingPpm must be 0 to 10,000,000");
    require(2 * agreement.numerator() > agreement.denominator(), "agreement must be above 1/2");
    require(
        bondMinMicros > 0 && bondMinMicros <= 1_000_000_000_000_000L,
        "bondMinMicros must be 1 to 10^15");
    require(validatorsMax >= 1 && validatorsMax <= 32, "validatorsMax must be 1 to 32");
    require(
        validatorsMin >= 1 && validatorsMin <= validatorsMax,
        "validatorsMin must be 1 to validatorsMax");
    require(redrawsMax >= 0 && redrawsMax <= 8, "redrawsMax must be 0 to 8");
    require(itemsMax >= 1 && itemsMax <= 65_535, "itemsMax must be 1 to 65,535");
    require(unitsMax > 0 && unitsMax <= 1_000_000_000_000_000L, "unitsMax must be 1 to 10^15");
    require(
        priceMicrosMax > 0 && priceMicrosMax <= 1_000_000_000L, "priceMicrosMax must be 1 to 10^9");
    require(unitsPerSecondMin > 0, "unitsPerSecondMin must be positive");
    require(
        runWindowMinMs > 0 && runWindowMinMs <= runWindowMaxMs,
        "runWindowMinMs must be 1 to runWindowMaxMs");
    require(
        isWindow(runWindowMaxMs)
            && isWindow(secretWindowMs)
            && isWindow(beaconWindowMs)
            && isWindow(sealWindowMs)
            && isWindow(openWindowMs)
            && isWindow(disputeWindowMs)
            && isWindow(notAfterMaxMs),
        "windows must be 1 to 2^40 ms");
    require(bondUnlockMs >= 0 && bondUnlockMs <= WINDOW_MAX_MS, "bondUnlockMs must be 0 to 2^40");
    require(pendingPerSignerMax > 0, "pendingPerSignerMax must be positive");
  }

  private static boolean isWindow(long windowMs) {
    return windowMs > 0 && windowMs <= WINDOW_MAX_MS;
  }

  private static boolean isPpm(int rate) {
    return rate >= 0 && rate <= 1_000_000;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The defaults of a production network. */
  public static GenesisParameters production() {
    return new GenesisParameters(
        10_000,
        20_000,
        10_000,
        50_000,
        100_000,
        1_250_000,
        100_000,
        10_000_000,
        new Fraction(2, 3),
        3,
        15,
        2,
        1_024,
        1_000_000_000_000_000L,
        1_000_000_000L,
        10_000_000,
        30_000,
        3_600_000,
        60_000,
        60_000,
        60_000,
        30_000,
        86_400_000L,
        21 * 86_400_000L,
        120_000,
        4_096);
  }

  /**
   * The same rates with windows of seconds, bonds of next to nothing and quorums of any size, for
   * development networks and demonstrations.
   */
  public static GenesisParameters development() {
    GenesisParameters p = production();
    return new GenesisParameters(
        p.minimumPriceMicros,
        p.feePpm,
        p.burnPpm,
        p.depositPpm,
        p.bondPpm,
        p.checkingPpm,
        p.dutyBondPpm,
        1_000,
        p.agreement,
        1,
        p.validatorsMax,
        p.redrawsMax,
        p.itemsMax,
        p.unitsMax,
        p.priceMicrosMax,
        100_000_000,
        2_000,
        600_000,
        5_000,
        20_000,
        60_000,
        20_000,
        3_000,
        5_000,
        p.notAfterMaxMs,
        p.pendingPerSignerMax);
  }
}
