package ai.ubc.cli.network;

import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.text.Accounts;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.provider.node.MarketNode;
import ai.ubc.provider.node.NodeLimits;
import ai.ubc.provider.node.NodeSettings;
import ai.ubc.provider.node.ProviderNode;
import ai.ubc.provider.node.ProviderSettings;
import ai.ubc.provider.node.ValidatorNode;
import ai.ubc.provider.runtime.JobRuntime;
import ai.ubc.provider.worker.WorkerPool;
import ai.ubc.sdk.Randomness;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts providers and validators that dial a gateway, on a development network with money from the
 * faucet.
 *
 * @param parts is given what is started
 * @param client of that gateway
 * @param gateway where it answers
 * @param runsMax programs that a node runs at a time
 * @param randomness where nonces and salts come from
 */
record NodeStart(Parts parts, UbcClient client, URI gateway, int runsMax, Randomness randomness) {
  private static final long START_LIMIT_SECONDS = 120;
  // Beyond its bond a node needs nothing; what it is given on top pays for its first mistakes.
  private static final long SPARE_MICROS = 10 * Asset.MICROS;

  /** Starts a node and returns once it is bonded and, if it is a provider, its offer stands. */
  RunningNode start(NetworkPlan.Node node, Wallet wallet, Path directory, WorkerPool workers)
      throws IOException, UbcException, InterruptedException {
    Randomness own = randomness.within(node.name());
    Session session = Session.openOrRegister(client, wallet, own.of("registration"));
    // Told by what it has, so that a start that was cut off before the funding is made good by the
    // next.
    if (DevelopmentGenesis.hasFaucet(client.network().genesis())
        && Accounts.isPenniless(client, session.account())) {
      fund(session, node.bondMicros() + SPARE_MICROS);
    }
    NodeSettings settings =
        new NodeSettings(
            gateway,
            wallet,
            directory,
            NodeLimits.of(runsMax),
            node.bondMicros(),
            node.conduct().apply(client),
            own);
    JobRuntime runtime = node.runtime().apply(workers);
    MarketNode started =
        parts.start(() ->
            switch (node.role()) {
              case PROVIDER ->
                  ProviderNode.start(
                      new ProviderSettings(
                          settings, node.priceMicros(), node.offeredUnits(), node.isOpen()),
                      runtime);
              case VALIDATOR -> ValidatorNode.start(settings, runtime);
            });
    return new RunningNode(node, await(node, started.ready()), started);
  }

  private static int await(NetworkPlan.Node node, CompletableFuture<Integer> ready)
      throws IOException, InterruptedException {
    try {
      return ready.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(node.name() + " did not start: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          node.name() + " was not ready within " + START_LIMIT_SECONDS + " seconds", e);
    }
  }

  /** Fills an account from the faucet and waits until that is seen. */
  void fund(Session session, long amountMicros) throws UbcException, InterruptedException {
    Session faucet =
        Session.openOrRegister(
            client, Wallet.of(DevelopmentGenesis.FAUCET), randomness.of("faucet"));
    long seq = faucet.submit(new Command.Transfer(session.account(), Asset.COMPUTE, amountMicros));
    client.account(session.account(), seq);
  }
}
