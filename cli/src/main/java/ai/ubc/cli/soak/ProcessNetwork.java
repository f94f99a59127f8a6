package ai.ubc.cli.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A development network whose parts are processes: a sequencer, a gateway with its PostgreSQL,
 * providers and validators with their workers. One thread.
 */
final class ProcessNetwork implements AutoCloseable {
  private final Class<?> main;
  private final Path directory;
  private final PartProcess sequencer;
  private final PartProcess gateway;
  private final List<PartProcess> providers = new ArrayList<>();
  private final List<PartProcess> validators = new ArrayList<>();
  private final String url;

  private ProcessNetwork(Class<?> main, Path directory, int providerCount, int validatorCount)
      throws IOException {
    this.main = main;
    this.directory = Files.createDirectories(directory);
    int port = freePort();
    this.url = "http://127.0.0.1:" + port;
    String data = network().toString();
    this.sequencer =
        new PartProcess(main, "sequencer", directory, List.of("sequencer", "--data", data));
    this.gateway =
        new PartProcess(
            main,
            "gateway",
            directory,
            List.of("gateway", "--data", data, "--port", Integer.toString(port)));
    for (int i = 1; i <= providerCount; i++) {
      providers.add(node("provider", i));
    }
    for (int i = 1; i <= validatorCount; i++) {
      validators.add(node("validator", i));
    }
  }

  private PartProcess node(String role, int number) {
    String name = role + "-" + number;
    return new PartProcess(
        main,
        name,
        directory,
        List.of(
            role, "--gateway", url, "--data", directory.resolve(name).toString(), "--cpus", "1"));
  }

  /**
   * Starts all parts and waits until they are ready.
   *
   * @param main the command's main class, which each part runs
   */
  static ProcessNetwork start(
      Class<?> main, Path directory, int providers, int validators, Consumer<String> progress)
      throws IOException, InterruptedException {
    ProcessNetwork network = new ProcessNetwork(main, directory, providers, validators);
    try {
      network.start(network.all(), progress);
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
    return network;
  }

  /** Starts these parts, in this order: what depends on another waits for it. */
  void start(List<PartProcess> parts, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<PartProcess> nodes = new ArrayList<>();
    for (PartProcess part : parts) {
      progress.accept("starting " + part.name() + " …");
      part.start();
      if (part == sequencer || part == gateway) {
        part.awaitReady();
      } else {
        nodes.add(part);
      }
    }
    for (PartProcess node : nodes) {
      progress.accept("waiting for " + node.name() + " …");
      node.awaitReady();
    }
  }

  /** Where the network keeps its state. */
  Path network() {
    return directory.resolve("network");
  }

  /** Where the gateway answers. */
  String url() {
    return url;
  }

  PartProcess sequencer() {
    return sequencer;
  }

  PartProcess gateway() {
    return gateway;
  }

  List<PartProcess> providers() {
    return providers;
  }

  List<PartProcess> validators() {
    return validators;
  }

  /** All parts in the order in which they are started. */
  List<PartProcess> all() {
    List<PartProcess> parts = new ArrayList<>(List.of(sequencer, gateway));
    parts.addAll(providers);
    parts.addAll(validators);
    return parts;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Stops what runs, nodes first.
   *
   * @return the parts that did not stop as they should
   */
  List<String> stop() throws InterruptedException {
    List<String> failed = new ArrayList<>();
    for (PartProcess part : all().reversed()) {
      if (part.isAlive() && !part.stop()) {
        failed.add(part.name());
      }
    }
    return failed;
  }

  /** Ends whatever still runs. */
  @Override
  public void close() {
    for (PartProcess part : all()) {
      if (part.isAlive()) {
        part.kill().forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
