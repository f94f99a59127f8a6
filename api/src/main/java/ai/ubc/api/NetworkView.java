package ai.ubc.api;

import java.util.List;

/**
 * The network behind a gateway.
 *
 * @param name its name, for people
 * @param chainId EIP-155 chain id of the signing domain; 0 while no chain is attached
 * @param genesisHash salt of the signing domain
 * @param schemaVersion version of the command schema that this gateway takes
 * @param rulesVersion version of the rules in force; 0 before the first entry is projected
 * @param development whether this is a development network: its windows are seconds, its money play
 *     money
 * @param seq the last log entry that the gateway has read
 * @param clock how to compute log time
 * @param parameters the network's numbers
 * @param assets every asset
 * @param limits what this gateway takes
 */
public record NetworkView(
    String name,
    long chainId,
    String genesisHash,
    int schemaVersion,
    int rulesVersion,
    boolean development,
    long seq,
    Clock clock,
    Parameters parameters,
    List<Asset> assets,
    Limits limits) {

  /** Copies the assets. */
  public NetworkView {
    assets = List.copyOf(assets);
  }

  /**
   * Two readings of one moment. A client takes {@code logTimeMs} at the moment of the answer and
   * lets its own clock run on from there.
   *
   * @param logTimeMs log time, milliseconds
   * @param unixTimeMs the gateway's Unix time, milliseconds
   */
  public record Clock(long logTimeMs, long unixTimeMs) {}

  /**
   * An asset; an amount is a count of its smallest units.
   *
   * @param asset its number in commands
   * @param symbol its name for people
   * @param decimals decimal digits of one token
   */
  public record Asset(int asset, String symbol, int decimals) {}

  /**
   * The genesis parameters. Amounts are micro-COMPUTE, rates parts per million, windows
   * milliseconds of log time.
   *
   * @param minimumPriceMicros the least price that a job's escrow holds, and the least pay
   * @param feePpm fee on the price, paid by the requester on top
   * @param burnPpm part of the settled pay that is burned out of the fee
   * @param depositPpm requester's deposit on the price
   * @param bondPpm provider's bond on the price, before what checking adds
   * @param checkingPpm a validator's reward for a full re-run, on the price
   * @param dutyBondPpm a drawn validator's bond for the duty, on the price
   * @param bondMinMicros least bond behind each open offer, and of a validator that can be drawn
   * @param agreementNumerator numerator of the fraction of drawn weight that must agree
   * @param agreementDenominator its denominator
   * @param validatorsMin fewest validators of a quorum
   * @param validatorsMax most validators of one draw
   * @param redrawsMax how often a round is drawn again
   * @param itemsMax most items of a job
   * @param unitsMax most units of a job or an offer
   * @param priceMicrosMax highest price of 1,000,000 units
   * @param unitsPerSecondMin units that the slowest provider and validator run in a second
   * @param runWindowMinMs time until the commit beyond the time to run the job's limit
   * @param runWindowMaxMs longest time a provider may be given until its commit
   * @param secretWindowMs time for the requester to reveal its secret
   * @param beaconWindowMs time for the beacon to open a slot
   * @param sealWindowMs time for drawn validators to seal, beyond the time to run the job's limit
   * @param openWindowMs time to open what was sealed or committed
   * @param disputeWindowMs time an accepted result's bond stays locked
   * @param bondUnlockMs time after the last duty until a bond may be taken back
   * @param notAfterMaxMs how far ahead a command's notAfter may lie
   * @param pendingPerSignerMax commands of one key that are remembered within their validity
   */
  public record Parameters(
      long minimumPriceMicros,
      int feePpm,
      int burnPpm,
      int depositPpm,
      int bondPpm,
      int checkingPpm,
      int dutyBondPpm,
      long bondMinMicros,
      int agreementNumerator,
      int agreementDenominator,
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
      int pendingPerSignerMax) {}

  /**
   * What the gateway takes.
   *
   * @param commandBytesMax most bytes of a command
   * @param blobBytesMax most bytes of a body
   * @param accountBlobBytesMax most bytes of all bodies that one account has stored
   * @param accessAheadMaxMs how far ahead an access token's expiry may lie
   * @param jobsPageMax most jobs of one page
   * @param offersMax most offers of one view of the book
   */
  public record Limits(
      int commandBytesMax,
      long blobBytesMax,
      long accountBlobBytesMax,
      long accessAheadMaxMs,
      int jobsPageMax,
      int offersMax) {}
}
