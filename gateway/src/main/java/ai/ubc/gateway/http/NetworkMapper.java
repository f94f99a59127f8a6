package ai.ubc.gateway.http;

import ai.ubc.api.CommandOutcome;
import ai.ubc.api.LogConsistencyView;
import ai.ubc.api.LogRootView;
import ai.ubc.api.NetworkView;
import ai.ubc.api.StoreReceipt;
import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.LogEntry;
import ai.ubc.codec.LogRoot;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.gateway.command.Notary;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.evidence.Receipts;
import ai.ubc.gateway.journal.LogClock;
import ai.ubc.gateway.limits.Limits;
import java.util.HexFormat;
import java.util.List;

/** The network as public records. */
public final class NetworkMapper {
  private final Genesis genesis;
  private final boolean development;
  private final Limits limits;
  private final String genesisHash;
  private final String genesisJson;

  /**
   * Describes a network.
   *
   * @param development whether its money is play money
   */
  public NetworkMapper(Genesis genesis, boolean development, Limits limits) {
    this.genesis = genesis;
    this.development = development;
    this.limits = limits;
    this.genesisHash = GenesisFile.hash(genesis).toString();
    this.genesisJson = GenesisFile.toJson(genesis);
  }

  String genesisJson() {
    return genesisJson;
  }

  NetworkView view(long seq, int rulesVersion, List<NetworkView.Asset> assets, LogClock clock) {
    long unixMs = clock.unixNowMs();
    return new NetworkView(
        genesis.name(),
        genesis.chainId(),
        genesisHash,
        LogEntry.SCHEMA_VERSION,
        rulesVersion,
        development,
        seq,
        new NetworkView.Clock(clock.atUnix(unixMs), unixMs),
        parameters(genesis.parameters()),
        assets,
        new NetworkView.Limits(
            limits.commandBytesMax(),
            limits.blobBytesMax(),
            limits.accountBlobBytesMax(),
            limits.accessAhead().toMillis(),
            limits.jobsPageMax(),
            limits.offersMax()));
  }

  private static NetworkView.Parameters parameters(GenesisParameters p) {
    return new NetworkView.Parameters(
        p.minimumPriceMicros(),
        p.feePpm(),
        p.burnPpm(),
        p.depositPpm(),
        p.bondPpm(),
        p.checkingPpm(),
        p.dutyBondPpm(),
        p.bondMinMicros(),
        p.agreement().numerator(),
        p.agreement().denominator(),
        p.validatorsMin(),
        p.validatorsMax(),
        p.redrawsMax(),
        p.itemsMax(),
        p.unitsMax(),
        p.priceMicrosMax(),
        p.unitsPerSecondMin(),
        p.runWindowMinMs(),
        p.runWindowMaxMs(),
        p.secretWindowMs(),
        p.beaconWindowMs(),
        p.sealWindowMs(),
        p.openWindowMs(),
        p.disputeWindowMs(),
        p.bondUnlockMs(),
        p.notAfterMaxMs(),
        p.pendingPerSignerMax());
  }

  static StoreReceipt receipt(Notary.Signed signed) {
    BodyReceipt receipt = signed.receipt();
    return new StoreReceipt(
        receipt.job(),
        receipt.resultRoot().toString(),
        receipt.units(),
        receipt.body().toString(),
        receipt.heldUntilMs(),
        signed.signature().text());
  }

  static LogRootView logRoot(Receipts receipts, long after) {
    LogRoot root = receipts.root(after);
    return new LogRootView(
        root.size(),
        root.root().toString(),
        root.timeMs(),
        HexFormat.of().formatHex(receipts.sign(root)),
        receipts.notary().toString());
  }

  static LogConsistencyView logConsistency(Receipts receipts, long first, long second) {
    return new LogConsistencyView(
        first, second, receipts.consistency(first, second).stream().map(Hash32::toString).toList());
  }

  static CommandOutcome outcome(AccountReads.Outcome outcome) {
    return new CommandOutcome(
        outcome.hash(),
        outcome.seq(),
        outcome.code(),
        outcome.code() == Refusal.DONE ? null : Refusal.of(outcome.code()).name());
  }
}
