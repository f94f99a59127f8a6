package ai.ubc.cli.network;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.command.UbcHome;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what another machine needs to take part. */
@Command(
    name = "invite",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print the line by which another machine sells on the network that runs here.",
      "Its address names the key of this network's certificate, so nobody else can answer for it; the same address serves \"ubc validator\", \"ubc run\" and \"ubc context use\".",
      "The network must listen beyond this machine: ubc up --listen 0.0.0.0"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc invite", "  ubc invite --host compute.example.org"})
public final class InviteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {"The network's directory.", "Default: network in $UBC_HOME or ~/.ubc."})
  private @Nullable Path data;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "The name or address by which others reach this machine. Default: the address that it listens on, or this machine's first.")
  private @Nullable String host;

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    NetworkFiles files = NetworkFiles.in(data == null ? UbcHome.network() : data);
    try {
      Listening listening =
          Listening.read(files.listening()).orElseThrow(() -> notRunning(files, null));
      if (listening.address().isLoopbackAddress()) {
        throw CommandFailure.of(
            ExitCode.FAILURE,
            "LOOPBACK_ONLY",
            "the network in "
                + files.root()
                + " listens on this machine only. Stop it, and start it again so that others reach it: ubc up --listen 0.0.0.0",
            null);
      }
      requireAnswer(listening, files);
      String name = host == null ? reachable(listening.address()) : host;
      spec.commandLine().getErr().println("On the other machine, with this repository:");
      spec.commandLine().getOut().println("./ubc provider --gateway '" + listening.url(name) + "'");
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireAnswer(Listening listening, NetworkFiles files)
      throws CommandFailure, InterruptedException {
    try {
      UbcClient.connect(listening.url()).close();
    } catch (UbcException e) {
      throw notRunning(files, e);
    }
  }

  private static CommandFailure notRunning(NetworkFiles files, @Nullable UbcException cause) {
    return CommandFailure.of(
        ExitCode.FAILURE,
        "NOT_RUNNING",
        "no network runs in " + files.root() + ". Start it: ubc up --listen 0.0.0.0",
        cause);
  }

  // Of several addresses those of a private network come first: there the other machine is, mostly.
  private static String reachable(InetAddress bound) throws IOException, CommandFailure {
    if (!bound.isAnyLocalAddress()) {
      return bound.getHostAddress();
    }
    List<InetAddress> addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> a instanceof Inet4Address)
            .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
            .sorted(Comparator.comparing(a -> !a.isSiteLocalAddress()))
            .toList();
    if (addresses.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "this machine has no address that others could reach; name one with --host");
    }
    return addresses.getFirst().getHostAddress();
  }
}
