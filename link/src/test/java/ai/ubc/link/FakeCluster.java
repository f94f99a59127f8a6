package ai.ubc.link;

import ai.ubc.codec.session.Credentials;
import ai.ubc.codec.session.SessionMessages;
import ai.ubc.codec.session.SessionRole;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.aeron.security.Authenticator;
import io.aeron.security.SessionProxy;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of one whose service answers each entry with its place in the order of arrival, except
 * that it does not answer a first "deaf" and closes the session at a first "hang up".
 */
final class FakeCluster implements AutoCloseable {
  private final Path directory;
  private final int[] ports;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<String> arrived = new CopyOnWriteArrayList<>();

  private FakeCluster(Path directory, int[] ports) {
    this.directory = directory;
    this.ports = ports;
  }

  static FakeCluster in(Path directory) throws IOException {
    int[] ports = new int[5];
    List<DatagramSocket> sockets = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      sockets.add(new DatagramSocket());
      ports[i] = sockets.get(i).getLocalPort();
    }
    sockets.forEach(DatagramSocket::close);
    return new FakeCluster(directory, ports);
  }

  static Credentials credentials() {
    return new Credentials(SessionRole.GATEWAY, new byte[32]);
  }

  String driverDirectory() {
    return directory.resolve("driver").toString();
  }

  String ingressEndpoints() {
    return "0=localhost:" + ports[0];
  }

  /** Entries as text, in the order in which the service saw them. */
  List<String> arrived() {
    return arrived;
  }

  LinkConfig sharing() {
    return LinkConfig.sharing(driverDirectory(), ingressEndpoints(), credentials());
  }

  FakeCluster start() {
    String driver = driverDirectory();
    parts.push(
        MediaDriver.launch(
            new MediaDriver.Context()
                .aeronDirectoryName(driver)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .termBufferSparseFile(true)));
    parts.push(
        Archive.launch(
            new Archive.Context()
                .aeronDirectoryName(driver)
                .archiveDir(directory.resolve("archive").toFile())
                .deleteArchiveOnStart(true)
                .controlChannelEnabled(false)
                .localControlChannel("aeron:ipc?term-length=64k")
                .archiveClientContext(
                    new AeronArchive.Context()
                        .controlResponseChannel("aeron:udp?endpoint=localhost:0"))
                .recordingEventsEnabled(false)
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(FakeCluster::idle)));
    AeronArchive.Context archive =
        new AeronArchive.Context()
            .aeronDirectoryName(driver)
            .controlRequestChannel("aeron:ipc?term-length=64k")
            .controlResponseChannel("aeron:ipc?term-length=64k");
    parts.push(
        ConsensusModule.launch(
            new ConsensusModule.Context()
                .aeronDirectoryName(driver)
                .clusterDir(directory.resolve("cluster").toFile())
                .deleteDirOnStart(true)
                .clusterMemberId(0)
                .clusterMembers(
                    "0,localhost:%d,localhost:%d,localhost:%d,localhost:%d,localhost:%d"
                        .formatted(ports[0], ports[1], ports[2], ports[3], ports[4]))
                .ingressChannel("aeron:udp")
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .archiveContext(archive.clone())
                .authenticatorSupplier(OnlyOne::new)
                .idleStrategySupplier(FakeCluster::idle)));
    parts.push(
        ClusteredServiceContainer.launch(
            new ClusteredServiceContainer.Context()
                .aeronDirectoryName(driver)
                .clusterDir(directory.resolve("cluster").toFile())
                .archiveContext(archive.clone())
                .clusteredService(new Service())
                .idleStrategySupplier(FakeCluster::idle)));
    return this;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      CloseHelper.quietClose(parts.pop());
    }
  }

  private static IdleStrategy idle() {
    return new BackoffIdleStrategy(1, 1, 1_000, TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static final class OnlyOne implements Authenticator {
    private final List<Long> proven = new ArrayList<>();

    @Override
    public void onConnectRequest(long sessionId, byte[] encodedCredentials, long nowMs) {
      if (credentials().areProvenBy(encodedCredentials)) {
        proven.add(sessionId);
      }
    }

    @Override
    public void onChallengeResponse(long sessionId, byte[] encodedCredentials, long nowMs) {}

    @Override
    public void onConnectedSession(SessionProxy sessionProxy, long nowMs) {
      if (proven.contains(sessionProxy.sessionId())) {
        sessionProxy.authenticate(new byte[0]);
      } else {
        sessionProxy.reject();
      }
    }

    @Override
    public void onChallengedSession(SessionProxy sessionProxy, long nowMs) {}
  }

  private final class Service implements ClusteredService {
    private @Nullable Cluster cluster;

    @Override
    public void onStart(Cluster cluster, @Nullable Image snapshotImage) {
      this.cluster = cluster;
    }

    @Override
    public void onSessionMessage(
        ClientSession session,
        long timestamp,
        DirectBuffer buffer,
        int offset,
        int length,
        Header header) {
      int entryAt = offset + SessionMessages.SUBMIT_HEADER_BYTES;
      int entryLength = length - SessionMessages.SUBMIT_HEADER_BYTES;
      String entry = buffer.getStringWithoutLengthUtf8(entryAt, entryLength);
      boolean isFirst = !arrived.contains(entry);
      arrived.add(entry);
      if (isFirst && entry.equals("deaf")) {
        return;
      }
      if (isFirst && entry.equals("hang up") && cluster != null) {
        cluster.closeClientSession(session.id());
        return;
      }
      UnsafeBuffer ack = new UnsafeBuffer(new byte[SessionMessages.ACK_BYTES]);
      long correlationId = SessionMessages.correlationId(buffer, offset);
      SessionMessages.putAck(ack, 0, correlationId, arrived.size(), entryLength);
      while (cluster != null && session.offer(ack, 0, SessionMessages.ACK_BYTES) < 0) {
        cluster.idleStrategy().idle();
      }
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {}

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {}

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {}

    @Override
    public void onTakeSnapshot(ExclusivePublication snapshotPublication) {}

    @Override
    public void onRoleChange(Cluster.Role newRole) {}

    @Override
    public void onTerminate(Cluster cluster) {}
  }
}
