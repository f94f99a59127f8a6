package ai.ubc.sequencer;

import ai.ubc.codec.session.Credentials;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.service.ClusterClock;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How Aeron's parts of a node are set up.
 *
 * @param config the node's
 * @param data the node's files
 * @param driverDirectory directory of the media driver
 * @param ingressEndpoints the members' ingress, as clients need it
 * @param clock the cluster's time
 * @param errors takes the errors of a part with this name
 * @param onTermination is run when the consensus module or the service has ended
 */
record AeronContexts(
    SequencerConfig config,
    DataDirectory data,
    Path driverDirectory,
    String ingressEndpoints,
    ClusterClock clock,
    Function<String, ErrorHandler> errors,
    Runnable onTermination) {
  static final int CLUSTER_ID = 0;
  static final int MEMBER_ID = 0;

  private static final int TERM_BYTES = 4 << 20;
  private static final int SYNC_LEVEL = 1;
  private static final int SESSIONS_MAX = 64;
  private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);

  // There is nobody to take over, so a short time-out would only start elections on a busy machine
  // (ADR 17).
  private static final long LEADER_HEARTBEAT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long ELECTION_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SESSION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

  // Below this share of the node's reserve the archive records nothing more; the node has long
  // stopped then.
  private static final int ARCHIVE_RESERVE_SHARE = 4;

  record ConfiguredClock(LongSupplier unixMs) implements ClusterClock {
    @Override
    public TimeUnit timeUnit() {
      return TimeUnit.MILLISECONDS;
    }

    @Override
    public long time() {
      return unixMs.getAsLong();
    }
  }

  MediaDriver.Context driverContext() {
    return new MediaDriver.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .threadingMode(ThreadingMode.SHARED)
        .sharedIdleStrategy(idle())
        .termBufferSparseFile(true)
        .ipcTermBufferLength(TERM_BYTES)
        .publicationTermBufferLength(TERM_BYTES)
        .errorHandler(errors.apply("media driver"));
  }

  Archive.Context archiveContext() {
    return new Archive.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .archiveDir(data.archive())
        .markFileDir(markFiles())
        .controlChannelEnabled(false)
        .localControlChannel("aeron:ipc?term-length=64k")
        .archiveClientContext(
            new AeronArchive.Context()
                .controlResponseChannel("aeron:udp?endpoint=" + config.host() + ":0"))
        .recordingEventsEnabled(false)
        .replicationChannel("aeron:udp?endpoint=" + config.host() + ":0")
        .threadingMode(ArchiveThreadingMode.SHARED)
        .idleStrategySupplier(AeronContexts::idle)
        .segmentFileLength(config.upkeep().logSegmentBytes())
        .fileSyncLevel(SYNC_LEVEL)
        .catalogFileSyncLevel(SYNC_LEVEL)
        .lowStorageSpaceThreshold(config.upkeep().freeBytesMin() / ARCHIVE_RESERVE_SHARE)
        .errorHandler(errors.apply("archive"));
  }

  AeronArchive.Context archiveClientContext() {
    return new AeronArchive.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .controlRequestChannel("aeron:ipc?term-length=64k")
        .controlResponseChannel("aeron:ipc?term-length=64k")
        .idleStrategy(idle());
  }

  ConsensusModule.Context consensusContext(List<Credentials> known) {
    return new ConsensusModule.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .clusterDir(data.cluster())
        .markFileDir(markFiles())
        .clusterId(CLUSTER_ID)
        .clusterMemberId(MEMBER_ID)
        .clusterMembers(config.ports().member(MEMBER_ID, config.host()))
        .ingressChannel("aeron:udp")
        .logChannel("aeron:udp?term-length=" + config.upkeep().logSegmentBytes())
        .replicationChannel("aeron:udp?endpoint=" + config.host() + ":0")
        .archiveContext(archiveClientContext())
        .authenticatorSupplier(() -> new SessionAuthenticator(known))
        .leaderHeartbeatTimeoutNs(LEADER_HEARTBEAT_TIMEOUT_NS)
        .electionTimeoutNs(ELECTION_TIMEOUT_NS)
        .sessionTimeoutNs(SESSION_TIMEOUT_NS)
        .maxConcurrentSessions(SESSIONS_MAX)
        .fileSyncLevel(SYNC_LEVEL)
        .clusterClock(clock)
        .idleStrategySupplier(AeronContexts::idle)
        .terminationHook(onTermination)
        .errorHandler(errors.apply("consensus module"));
  }

  ClusteredServiceContainer.Context serviceContext(SequencerService service) {
    return new ClusteredServiceContainer.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .clusterDir(data.cluster())
        .markFileDir(markFiles())
        .clusterId(CLUSTER_ID)
        .archiveContext(archiveClientContext())
        .clusteredService(service)
        .idleStrategySupplier(AeronContexts::idle)
        .terminationHook(onTermination)
        .errorHandler(errors.apply("ledger"));
  }

  AeronCluster.Context clientContext(Credentials credentials) {
    return new AeronCluster.Context()
        .aeronDirectoryName(driverDirectory.toString())
        .ingressChannel("aeron:udp")
        .ingressEndpoints(ingressEndpoints)
        .egressChannel("aeron:udp?endpoint=" + config.host() + ":0")
        .credentialsSupplier(Beacon.supplier(credentials))
        .idleStrategy(idle())
        .errorHandler(errors.apply("beacon"));
  }

  private File markFiles() {
    return data.volatileFiles().resolve("marks").toFile();
  }

  private static IdleStrategy idle() {
    return new BackoffIdleStrategy(1, 1, 1_000, PARK_MAX_NS);
  }
}
