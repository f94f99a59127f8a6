package ai.ubc.testkit.twin;

/**
 * How much the ledger holds of each kind of thing (NUM-005).
 *
 * @param accounts most accounts
 * @param openOffers most offers on the book
 * @param openJobs most jobs that are not closed
 * @param rememberedCommands most remembered commands of all signers together
 * @param mandates most mandates of all accounts together
 */
public record NaiveCapacity(
    int accounts, int openOffers, int openJobs, int rememberedCommands, int mandates) {

  /** What a network holds. */
  public static NaiveCapacity production() {
    return new NaiveCapacity(1_048_576, 65_536, 65_536, 1_048_576, 262_144);
  }
}
