package ai.ubc.cli.client;

import ai.ubc.api.NetworkView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at what commands need: this machine, the user's directory, the network. */
final class Diagnosis {
  private static final int JDK = 25;
  private static final long MEMORY_BYTES_MIN = 2L << 30;
  private static final long DISK_BYTES_MIN = 2L << 30;
  private static final long CLOCK_MS_MAX = 30_000;

  private final List<Finding> findings = new ArrayList<>();
  private final ClientSettings settings;
  private final Clock clock;

  Diagnosis(ClientSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One thing that was looked at.
   *
   * @param what its name
   * @param isGood whether commands can do with it
   * @param found what was found, and where it is not good what to do
   */
  record Finding(String what, boolean isGood, String found) {}

  /** Everything, in order. */
  List<Finding> findings() throws InterruptedException {
    findings.clear();
    java();
    memory();
    disk();
    wallet();
    port();
    network();
    return List.copyOf(findings);
  }

  private void add(String what, boolean isGood, String found) {
    findings.add(new Finding(what, isGood, found));
  }

  private void java() {
    int version = Runtime.version().feature();
    add(
        "java",
        version >= JDK,
        Runtime.version()
            + " ("
            + System.getProperty("java.vm.vendor")
            + ") on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + (version >= JDK ? "" : "; it must be " + JDK + " or later"));
  }

  private void memory() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long bytes = system.getTotalMemorySize();
      boolean isEnough = bytes >= MEMORY_BYTES_MIN;
      add(
          "memory",
          isEnough,
          gib(bytes)
              + ", "
              + system.getAvailableProcessors()
              + " cores"
              + (isEnough ? "" : "; \"ubc up\" needs " + gib(MEMORY_BYTES_MIN)));
    }
  }

  private void disk() {
    Path home = settings.surroundings().home();
    try {
      Path there = home;
      while (there != null && !Files.exists(there)) {
        there = there.getParent();
      }
      long bytes = there == null ? 0 : Files.getFileStore(there).getUsableSpace();
      boolean isEnough = bytes >= DISK_BYTES_MIN;
      add(
          "disk",
          isEnough,
          gib(bytes)
              + " free at "
              + home
              + (isEnough ? "" : "; a network needs " + gib(DISK_BYTES_MIN) + " to start with"));
    } catch (IOException e) {
      add("disk", false, home + " can not be read: " + e.getMessage());
    }
  }

  private void wallet() {
    try {
      Path file = settings.walletFile();
      add(
          "wallet",
          true,
          Files.exists(file)
              ? settings.wallet().address() + " in " + file
              : "none yet; the first command that needs one makes " + file);
    } catch (CommandFailure e) {
      add("wallet", false, String.valueOf(e.getMessage()));
    }
  }

  private void port() {
    String port = "8080";
    try {
      new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress()).close();
      add("port", true, port + " is free for \"ubc up\"");
    } catch (IOException e) {
      add("port", true, port + " is taken; if not by your network, start it with --port");
    }
  }

  private void network() throws InterruptedException {
    try (UbcClient client = settings.connect()) {
      NetworkView status = client.status();
      add(
          "network",
          true,
          status.name()
              + " at "
              + settings.url()
              + ", fingerprint "
              + status.genesisHash()
              + ", log entry "
              + status.seq());
      long behindMs = status.clock().unixTimeMs() - clock.millis();
      boolean isRight = Math.abs(behindMs) <= CLOCK_MS_MAX;
      add(
          "clock",
          isRight,
          isRight
              ? "agrees with the gateway's within " + Amounts.seconds(CLOCK_MS_MAX / 1_000.0)
              : "is "
                  + Amounts.seconds(Math.abs(behindMs) / 1_000.0)
                  + (behindMs > 0 ? " behind" : " ahead of")
                  + " the gateway's; set one of them right");
    } catch (UbcException | CommandFailure e) {
      add("network", false, String.valueOf(e.getMessage()));
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
