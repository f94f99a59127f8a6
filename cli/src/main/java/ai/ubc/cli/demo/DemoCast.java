package ai.ubc.cli.demo;

import ai.ubc.cli.network.NetworkPlan;
import ai.ubc.domain.Asset;
import ai.ubc.provider.node.demo.LyingRuntime;
import java.nio.file.Path;
import java.util.List;

/** Who takes part in the demonstration. */
final class DemoCast {
  /** The provider that changes its results, and is the cheapest. */
  static final String LIAR = "mallory";

  /** What the agent is given. */
  static final long AGENT_MICROS = 5 * Asset.MICROS;

  /** The most that the agent pays for one job. */
  static final long JOB_COST_MICROS = Asset.MICROS;

  // One job of JOB_COST takes most of an offer, so that the next goes to the next provider.
  private static final long UNITS_ON_OFFER = 30_000_000_000L;
  // Carries the bond of one such job, but not of a second once the first is lost.
  private static final long LIAR_BOND_MICROS = 1_200_000;
  private static final long PROVIDER_BOND_MICROS = 20 * Asset.MICROS;
  private static final long VALIDATOR_BOND_MICROS = 10 * Asset.MICROS;

  private DemoCast() {}

  static NetworkPlan plan(Path directory) {
    return new NetworkPlan(
        directory,
        0,
        List.of(
            NetworkPlan.Node.provider(LIAR, LIAR_BOND_MICROS, 9, UNITS_ON_OFFER)
                .running(LyingRuntime::new),
            NetworkPlan.Node.provider("alice", PROVIDER_BOND_MICROS, 10, UNITS_ON_OFFER),
            NetworkPlan.Node.provider("bob", PROVIDER_BOND_MICROS, 11, UNITS_ON_OFFER),
            NetworkPlan.Node.provider("carol", PROVIDER_BOND_MICROS, 12, UNITS_ON_OFFER),
            NetworkPlan.Node.validator("vera", VALIDATOR_BOND_MICROS),
            NetworkPlan.Node.validator("victor", VALIDATOR_BOND_MICROS),
            NetworkPlan.Node.validator("valentin", VALIDATOR_BOND_MICROS),
            NetworkPlan.Node.validator("viola", VALIDATOR_BOND_MICROS),
            NetworkPlan.Node.validator("vasco", VALIDATOR_BOND_MICROS)),
        NetworkPlan.workersOfThisMachine(),
        null);
  }
}
