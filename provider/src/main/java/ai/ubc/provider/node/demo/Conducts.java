package ai.ubc.provider.node.demo;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.provider.node.Conduct;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What nodes do that do not do their duty. */
public final class Conducts {
  private static final long POLL_MS = 50;

  private Conducts() {}

  /** Runs the job and never says so. */
  public static Conduct silent() {
    return withholding(Command.CommitResult.class);
  }

  /** Commits to a result and never opens it. */
  public static Conduct withholding() {
    return withholding(Command.OpenResult.class);
  }

  private static Conduct withholding(Class<? extends Command> what) {
    return (command, ledger) -> what.isInstance(command) ? nothing() : ledger.give(command);
  }

  /**
   * Does not re-run anything, but seals what another validator has sealed, and then tries to open
   * it as its own.
   *
   * @param caught is told the ledger's answer to that, which surprises nobody
   */
  public static Conduct copying(UbcClient client, Consumer<LedgerRefused> caught) {
    return (command, ledger) -> {
      if (command instanceof Command.SealVerdict own) {
        return ledger.give(copied(client, own));
      }
      return command instanceof Command.OpenVerdict opening
          ? open(opening, ledger, caught)
          : ledger.give(command);
    };
  }

  private static Command copied(UbcClient client, Command.SealVerdict own)
      throws UbcException, InterruptedException {
    Optional<Hash32> seal = SealMapper.firstSeal(client, own.job(), own.round());
    while (seal.isEmpty()) {
      client.clock().sleep(POLL_MS);
      seal = SealMapper.firstSeal(client, own.job(), own.round());
    }
    return new Command.SealVerdict(own.job(), own.round(), seal.get());
  }

  /** Tries once, and leaves it at that. */
  static long open(
      Command.OpenVerdict opening, Conduct.Receiver ledger, Consumer<LedgerRefused> caught)
      throws UbcException, InterruptedException {
    try {
      return ledger.give(opening);
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.HASH_MISMATCH) {
        throw e;
      }
      caught.accept(e);
      return nothing();
    }
  }

  // Until the node interrupts it, since the duty is over.
  private static long nothing() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new IllegalStateException("nobody counts this down");
  }
}
