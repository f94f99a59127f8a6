package ai.ubc.cli.demo;

import ai.ubc.cli.network.Listen;
import ai.ubc.cli.network.NetworkPlan;
import ai.ubc.domain.Asset;
import ai.ubc.provider.node.demo.Conducts;
import ai.ubc.provider.node.demo.LyingRuntime;
import ai.ubc.sdk.LedgerRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Who takes part in the demonstration. */
final class DemoCast {
  /** The provider that changes its results, and is the cheapest. */
  static final String LIAR = "mallory";

  /** The provider that takes a job and is never heard of again. */
  static final String SILENT = "silas";

  /** The provider that commits to a result and keeps it. */
  static final String WITHHOLDER = "wanda";

  /** The validator that re-runs nothing and copies what another one seals. */
  static final String COPIER = "coco";

  /** What the agent is given. */
  static final long AGENT_MICROS = 5 * Asset.MICROS;

  /** The most that the agent pays for one job. */
  static final long JOB_COST_MICROS = Asset.MICROS;

  // One job of JOB_COST takes most of an offer, so that the next goes to the next provider.
  private static final long UNITS_ON_OFFER = 30_000_000_000L;
  // Carries the bond of one such job, but not of a second once the first is lost.
  private static final long LIAR_BOND_MICROS = 1_200_000;
  // Carries the bond of one job of SMALL_UNITS.
  private static final long SMALL_BOND_MICROS = Asset.MICROS / 20;
  // Carries the duty bond of a job of MIDDLING_UNITS, but of none at JOB_COST.
  private static final long COPIER_BOND_MICROS = Asset.MICROS / 100;
  private static final long PROVIDER_BOND_MICROS = 20 * Asset.MICROS;
  private static final long VALIDATOR_BOND_MICROS = 10 * Asset.MICROS;

  /** Limit of a job that the silent and the withholding provider can carry. */
  static final long SMALL_UNITS = 100_000_000L;

  /** Limit of a job that neither they nor, after its first, the liar can carry. */
  static final long MIDDLING_UNITS = 8_000_000_000L;

  private DemoCast() {}

  /** Whether somebody of this name loses bond. */
  static boolean isVillain(String name) {
    return List.of(LIAR, SILENT, WITHHOLDER, COPIER).contains(name);
  }

  /**
   * The network of all of them.
   *
   * @param seed what is drawn at random follows from it
   * @param caught is told what the ledger answers the copier
   */
  static NetworkPlan plan(Path directory, DemoSeed seed, Consumer<LedgerRefused> caught) {
    return NetworkPlan.of(
            directory,
            Listen.local(0),
            List.of(
                NetworkPlan.Node.provider(LIAR, LIAR_BOND_MICROS, 9, UNITS_ON_OFFER)
                    .running(LyingRuntime::new),
                NetworkPlan.Node.provider(SILENT, SMALL_BOND_MICROS, 7, UNITS_ON_OFFER)
                    .behaving(_ -> Conducts.silent()),
                NetworkPlan.Node.provider(WITHHOLDER, SMALL_BOND_MICROS, 8, UNITS_ON_OFFER)
                    .behaving(_ -> Conducts.withholding()),
                NetworkPlan.Node.provider("alice", PROVIDER_BOND_MICROS, 10, UNITS_ON_OFFER),
                NetworkPlan.Node.provider("bob", PROVIDER_BOND_MICROS, 11, UNITS_ON_OFFER),
                NetworkPlan.Node.provider("carol", PROVIDER_BOND_MICROS, 12, UNITS_ON_OFFER),
                NetworkPlan.Node.validator("vera", VALIDATOR_BOND_MICROS),
                NetworkPlan.Node.validator("victor", VALIDATOR_BOND_MICROS),
                NetworkPlan.Node.validator("valentin", VALIDATOR_BOND_MICROS),
                NetworkPlan.Node.validator("viola", VALIDATOR_BOND_MICROS),
                NetworkPlan.Node.validator("vasco", VALIDATOR_BOND_MICROS),
                NetworkPlan.Node.validator(COPIER, COPIER_BOND_MICROS)
                    .behaving(client -> Conducts.copying(client, caught))))
        .repeatable(seed, DemoSeed.CREATED_MS);
  }
}
