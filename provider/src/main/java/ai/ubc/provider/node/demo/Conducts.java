package ai.ubc.provider.node.demo;

import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.provider.node.Conduct;
import ai.ubc.sdk.UbcClient;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

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
    return command -> {
      if (what.isInstance(command)) {
        new CountDownLatch(1).await(); // the node interrupts it when the duty is over
      }
      return command;
    };
  }

  /** Does not re-run anything, but seals what another validator has sealed. */
  public static Conduct copying(UbcClient client) {
    return command -> {
      if (!(command instanceof Command.SealVerdict own)) {
        return command;
      }
      Optional<Hash32> copied = SealMapper.firstSeal(client, own.job(), own.round());
      while (copied.isEmpty()) {
        client.clock().sleep(POLL_MS);
        copied = SealMapper.firstSeal(client, own.job(), own.round());
      }
      return new Command.SealVerdict(own.job(), own.round(), copied.get());
    };
  }
}
