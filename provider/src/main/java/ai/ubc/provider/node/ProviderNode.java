package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;
import ai.ubc.domain.Role;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.sdk.MonotonicClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A provider: registers, bonds, keeps its capacity on the book, runs the jobs that lease it,
 * commits and opens their results. Works until it is closed; waits for a gateway that is away.
 */
public final class ProviderNode implements MarketNode {
  private final NodeShell shell;

  private ProviderNode(NodeShell shell) {
    this.shell = shell;
  }

  /** Starts a node that runs jobs with {@code runtime}, which it does not close. */
  public static ProviderNode start(ProviderSettings settings, JobRuntime runtime) {
    NodeSettings common = settings.common();
    NodeShell shell =
        new NodeShell(
            "provider",
            common.limits(),
            MonotonicClock.system(),
            () ->
                Wirings.connect(
                    common,
                    Role.PROVIDER,
                    Set.of(Duty.Action.RUN, Duty.Action.OPEN_RESULT),
                    (ledger, directory) -> {
                      Vault vault = new Vault(directory.vault());
                      return new ProviderPart(
                          ledger,
                          ledger,
                          Wirings.execution(ledger, directory, runtime, common.limits()),
                          vault,
                          new OfferKeeper(
                              ledger,
                              settings.priceMicros(),
                              settings.capacityUnits(),
                              settings.isOpen()),
                          new KeyGiver(ledger, vault, ledger.genesisHash()),
                          Wirings.salts(common.randomness().of("salts")),
                          common.randomness().of("seals"));
                    }));
    shell.start();
    return new ProviderNode(shell);
  }

  /**
   * Whether a node works from this directory now, on this machine.
   *
   * @param dataDirectory as in {@link NodeSettings}
   * @param genesisHash of its network
   */
  public static boolean isRunning(Path dataDirectory, Hash32 genesisHash) throws IOException {
    return NodeDirectory.isInUse(dataDirectory, genesisHash);
  }

  /**
   * Completes with the node's account once it is bonded and, where it takes work now, its capacity
   * is on the book.
   */
  @Override
  public CompletableFuture<Integer> ready() {
    return shell.ready();
  }

  @Override
  public CompletableFuture<Unfinished> leave() {
    return shell.leave();
  }

  @Override
  public boolean isInTouch() {
    return shell.isInTouch();
  }

  @Override
  public Unfinished unfinished() {
    return shell.unfinished();
  }

  @Override
  public void close() {
    shell.close();
  }
}
