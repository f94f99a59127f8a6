package ai.ubc.provider.node;

import ai.ubc.domain.Role;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.sdk.MonotonicClock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A validator: registers, bonds, re-runs the jobs it is drawn for, seals and opens its verdicts.
 * Works until it is closed; waits for a gateway that is away.
 */
public final class ValidatorNode implements MarketNode {
  private final NodeShell shell;

  private ValidatorNode(NodeShell shell) {
    this.shell = shell;
  }

  /** Starts a node that re-runs jobs with {@code runtime}, which it does not close. */
  public static ValidatorNode start(NodeSettings settings, JobRuntime runtime) {
    NodeShell shell =
        new NodeShell(
            "validator",
            settings.limits(),
            MonotonicClock.system(),
            () ->
                Wirings.connect(
                    settings,
                    Role.VALIDATOR,
                    Set.of(Duty.Action.SEAL_VERDICT, Duty.Action.OPEN_VERDICT),
                    (ledger, directory) ->
                        new ValidatorPart(
                            ledger,
                            Wirings.execution(ledger, directory, runtime, settings.limits()),
                            new Vault(directory.vault()),
                            Wirings.salts(settings.randomness().of("salts")))));
    shell.start();
    return new ValidatorNode(shell);
  }

  @Override
  public CompletableFuture<Integer> ready() {
    return shell.ready();
  }

  /** Its bond stays, so it may be drawn for more until the moment at which nothing is left. */
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
