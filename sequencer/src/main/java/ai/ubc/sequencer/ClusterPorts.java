package ai.ubc.sequencer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * UDP ports of a node.
 *
 * @param ingress where clients send entries
 * @param consensus where nodes agree
 * @param log where the leader sends the log
 * @param catchup where a late node gets what it missed
 * @param archive where nodes ask for recordings
 */
public record ClusterPorts(int ingress, int consensus, int log, int catchup, int archive) {
  /** Ports that a node takes, from its base on. */
  public static final int COUNT = 5;

  /** The ports {@code base} to {@code base + 4}. */
  public static ClusterPorts from(int base) {
    if (base < 1 || base > 65_536 - COUNT) {
      throw new IllegalArgumentException("no " + COUNT + " ports begin at " + base);
    }
    return new ClusterPorts(base, base + 1, base + 2, base + 3, base + 4);
  }

  /**
   * Ports that are free now, for tests and for networks within one process.
   *
   * @throws IOException when none can be bound
   */
  public static ClusterPorts free() throws IOException {
    List<DatagramSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < COUNT; i++) {
        sockets.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
      }
      return new ClusterPorts(
          sockets.get(0).getLocalPort(),
          sockets.get(1).getLocalPort(),
          sockets.get(2).getLocalPort(),
          sockets.get(3).getLocalPort(),
          sockets.get(4).getLocalPort());
    } finally {
      sockets.forEach(DatagramSocket::close);
    }
  }

  /**
   * Checks that nobody has the ports, so that a clash is told before anything is started.
   *
   * @throws IOException when a port can not be bound; the message names it
   */
  void requireFree(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    for (int port : new int[] {ingress, consensus, log, catchup, archive}) {
      try (DatagramSocket socket = new DatagramSocket(null)) {
        socket.bind(new InetSocketAddress(address, port));
      } catch (SocketException e) {
        throw new IOException(
            "UDP port " + port + " of " + host + " can not be used: " + e.getMessage(), e);
      }
    }
  }

  /** The node as one entry of Aeron's list of members. */
  String member(int memberId, String host) {
    return "%d,%s:%d,%s:%d,%s:%d,%s:%d,%s:%d"
        .formatted(
            memberId, host, ingress, host, consensus, host, log, host, catchup, host, archive);
  }
}
