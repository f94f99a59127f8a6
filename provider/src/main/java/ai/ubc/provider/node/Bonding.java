package ai.ubc.provider.node;

import ai.ubc.domain.AmountText;
import ai.ubc.domain.Command;
import ai.ubc.domain.Role;
import ai.ubc.sdk.UbcException;
import java.util.Locale;

/**
 * Brings a node's bond to what its operator wants, when it starts. What it loses later is not made
 * up for.
 */
final class Bonding {
  private Bonding() {}

  /**
   * Bonds what is missing.
   *
   * @return what the operator has to do first; empty when the bond is there
   */
  static String ensure(Ledger ledger, Role role, long bondMicros)
      throws UbcException, InterruptedException {
    Ledger.Purse purse = ledger.purse(role, 0);
    long missing = bondMicros - purse.bondMicros();
    if (missing <= 0) {
      return "";
    }
    if (purse.freeMicros() < missing) {
      return String.format(
          Locale.ROOT,
          "account %d (%s) has %s COMPUTE but needs %s for its bond as a %s; transfer them to it",
          ledger.account(),
          ledger.owner(),
          AmountText.plain(purse.freeMicros()),
          AmountText.plain(missing),
          role.name().toLowerCase(Locale.ROOT));
    }
    ledger.give(new Command.Bond(role.code(), missing));
    return "";
  }
}
