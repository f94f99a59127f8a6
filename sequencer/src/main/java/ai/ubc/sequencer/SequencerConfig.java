package ai.ubc.sequencer;

import ai.ubc.codec.journal.JournalWriter;
import ai.ubc.domain.Genesis;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a node is started with.
 *
 * @param dataDirectory the node's files; one node at a time
 * @param genesis the network's genesis, the same at every start
 * @param ledgers makes the ledger
 * @param host the name or address that the ports are bound to and that clients reach them by
 * @param ports UDP ports
 * @param beaconLinks links of a beacon chain, as the chain was made with
 * @param segmentBytes size at which a segment of the journal is ended
 * @param clock Unix time in milliseconds, from which log time begins at a start
 * @param elapsedNs nanoseconds since any moment, by which log time goes on
 * @param upkeep what the node does by itself
 */
public record SequencerConfig(
    Path dataDirectory,
    Genesis genesis,
    Ledger.Factory ledgers,
    String host,
    ClusterPorts ports,
    int beaconLinks,
    int segmentBytes,
    LongSupplier clock,
    LongSupplier elapsedNs,
    UpkeepSettings upkeep) {

  /** A node on this machine with chains and segments of the usual size. */
  public static SequencerConfig local(
      Path dataDirectory, Genesis genesis, Ledger.Factory ledgers, ClusterPorts ports) {
    return new SequencerConfig(
        dataDirectory,
        genesis,
        ledgers,
        "localhost",
        ports,
        BeaconChain.LINKS,
        JournalWriter.SEGMENT_BYTES,
        System::currentTimeMillis,
        System::nanoTime,
        UpkeepSettings.standard(dataDirectory));
  }

  /** The same with beacon chains of another length. */
  public SequencerConfig withBeaconLinks(int links) {
    return new SequencerConfig(
        dataDirectory,
        genesis,
        ledgers,
        host,
        ports,
        links,
        segmentBytes,
        clock,
        elapsedNs,
        upkeep);
  }

  /** The same with segments of another size. */
  public SequencerConfig withSegmentBytes(int bytes) {
    return new SequencerConfig(
        dataDirectory, genesis, ledgers, host, ports, beaconLinks, bytes, clock, elapsedNs, upkeep);
  }

  /** The same with a clock that nobody sets. */
  public SequencerConfig withClock(LongSupplier unixMs) {
    return withClocks(unixMs, () -> TimeUnit.MILLISECONDS.toNanos(unixMs.getAsLong()));
  }

  /** The same with other clocks. */
  public SequencerConfig withClocks(LongSupplier unixMs, LongSupplier otherElapsedNs) {
    return new SequencerConfig(
        dataDirectory,
        genesis,
        ledgers,
        host,
        ports,
        beaconLinks,
        segmentBytes,
        unixMs,
        otherElapsedNs,
        upkeep);
  }

  /** The same with other upkeep. */
  public SequencerConfig withUpkeep(UpkeepSettings settings) {
    return new SequencerConfig(
        dataDirectory,
        genesis,
        ledgers,
        host,
        ports,
        beaconLinks,
        segmentBytes,
        clock,
        elapsedNs,
        settings);
  }
}
