package ai.ubc.engine;

/**
 * How much the ledger holds (NUM-005). Part of the rules: engines of one network must agree on
 * them.
 *
 * <p>They bound memory, they do not reserve it: tables start at a few kilobytes and double as they
 * fill, so growth costs each record a constant time on average, and nothing once a table has been
 * that full. An account takes about 120 bytes, 40 more while its bond lets it be drawn, a
 * remembered command 170, an open job 600, its panel 220, each validator drawn for it 190, and a
 * mandate 210; a table that has just doubled twice that.
 *
 * @param accounts most accounts
 * @param openOffers most open offers
 * @param openJobs most open jobs
 * @param rememberedCommands most commands remembered within their validity
 * @param mandates most mandates, dead ones included
 */
public record EngineLimits(
    int accounts, int openOffers, int openJobs, int rememberedCommands, int mandates) {
  /** Refuses limits below 1. */
  public EngineLimits {
    if (accounts < 1 || openOffers < 1 || openJobs < 1 || rememberedCommands < 1 || mandates < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The limits of rules version 1. */
  public static EngineLimits standard() {
    return new EngineLimits(1 << 20, 1 << 16, 1 << 16, 1 << 20, 1 << 18);
  }
}
