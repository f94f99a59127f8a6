package ai.ubc.cli.network;

import ai.ubc.cli.text.Amounts;
import ai.ubc.domain.Role;
import ai.ubc.provider.node.MarketNode;

/**
 * A provider or validator of the network.
 *
 * @param plan what it was started as
 * @param account its account
 * @param node it
 */
public record RunningNode(NetworkPlan.Node plan, int account, MarketNode node) {
  /** Its name. */
  public String name() {
    return plan.name();
  }

  /** What it is, in a line for people. */
  public String describe() {
    String bond = ", bond " + Amounts.compute(plan.bondMicros());
    return plan.role() == Role.PROVIDER
        ? "provider, " + Amounts.unitPriceAlone(plan.priceMicros()) + " for 1 G units" + bond
        : "validator" + bond;
  }
}
