package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.DevelopmentGenesis;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionRole;
import ai.ubc.domain.Genesis;
import ai.ubc.gateway.Gateway;
import ai.ubc.gateway.GatewayConfig;
import ai.ubc.gateway.command.LinkSink;
import ai.ubc.gateway.journal.JournalFiles;
import ai.ubc.gateway.journal.SteadyTime;
import ai.ubc.link.LedgerLink;
import ai.ubc.link.LinkConfig;
import ai.ubc.sdk.UbcException;
import ai.ubc.sequencer.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a development network's gateway in a process of its own. */
@Command(
    name = "gateway",
    description = {
      "Run only the gateway of a development network, with its PostgreSQL, on the machine of its sequencer.",
      "It says \"ready URL\" and goes on when the sequencer is away: what it can not hand on it refuses with a problem that says so."
    })
public final class GatewayCommand extends PartCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the network keeps its state.",
        "Default: network in $UBC_HOME or ~/.ubc."
      })
  private @Nullable Path data;

  @Mixin private ListenOptions listen = new ListenOptions();

  @Override
  CompletableFuture<Optional<Throwable>> start(Parts parts)
      throws IOException, UbcException, CommandFailure, InterruptedException {
    NetworkFiles files = NetworkFiles.in(data == null ? UbcHome.network() : data);
    if (!files.hasSequencer()) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "there is no network in "
              + files.root()
              + "; start its sequencer first, with \"ubc sequencer --data "
              + files.root()
              + "\"");
    }
    Genesis genesis = files.genesis();
    Listen where = listen.listen(files.tls());
    parts.start(files::lockGateway);
    LedgerLink link =
        parts.start(() ->
            LedgerLink.open(
                LinkConfig.standalone(
                    "0=localhost:" + files.ports().ingress(),
                    "localhost",
                    Credentials.read(
                        DataDirectory.credentials(files.sequencer()), SessionRole.GATEWAY))));
    Gateway gateway =
        parts.start(() ->
            Gateway.start(
                GatewayConfig.local(
                        where.port(),
                        files.gateway(),
                        genesis,
                        DevelopmentGenesis.hasFaucet(genesis),
                        files.notary().key(),
                        new LinkSink(link),
                        new JournalFiles(
                            DataDirectory.journal(files.sequencer()), GenesisFile.hash(genesis)))
                    .listeningOn(where.host(), where.tls())
                    .withStorage(files.database())
                    .withClock(clock(files))));
    URI url = where.url(gateway.port());
    new Listening(where.address(), url).write(files.listening());
    say("ready " + url);
    return new CompletableFuture<>();
  }

  // The sequencer's time, not the machine's, whose clock may have been set since.
  private static SteadyTime clock(NetworkFiles files) throws IOException {
    long reachedMs = DataDirectory.keptTime(files.sequencer());
    return new SteadyTime(
        reachedMs == 0 ? System.currentTimeMillis() : reachedMs, System::nanoTime);
  }
}
