package ai.ubc.sequencer;

import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.RecordingLog;
import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Removes what no start needs any more: the cluster's log below the last two snapshots, and older
 * snapshots. The last but one stays, so that there is a way back when the last can not be read.
 */
final class LogTrim {
  private static final int SNAPSHOTS_KEPT = 2;

  private LogTrim() {}

  /**
   * Trims while the cluster runs.
   *
   * @param segmentBytes size of the log's files, which is that of its terms too
   */
  static void run(File clusterDirectory, AeronArchive.Context context, int segmentBytes) {
    try (RecordingLog log = new RecordingLog(clusterDirectory, false);
        AeronArchive archive = AeronArchive.connect(context)) {
      List<RecordingLog.Entry> snapshots = snapshots(log);
      long neededFrom = neededFrom(snapshots);
      if (neededFrom < 0) {
        return;
      }
      long recordingId = log.findLastTermRecordingId();
      long start = archive.getStartPosition(recordingId);
      long base =
          AeronArchive.segmentFileBasePosition(start, neededFrom, segmentBytes, segmentBytes);
      if (base > start) {
        archive.purgeSegments(recordingId, base);
      }
      purgeBelow(neededFrom, snapshots, archive);
    }
  }

  /** Entries of all snapshots, of the consensus module and of the service, latest first. */
  private static List<RecordingLog.Entry> snapshots(RecordingLog log) {
    List<RecordingLog.Entry> snapshots = new ArrayList<>();
    for (RecordingLog.Entry entry : log.entries()) {
      if (entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT) {
        snapshots.add(entry);
      }
    }
    snapshots.sort(Comparator.comparingLong((RecordingLog.Entry e) -> e.logPosition).reversed());
    return snapshots;
  }

  /** The log's position from which a start may need it, or -1 when that is its beginning. */
  private static long neededFrom(List<RecordingLog.Entry> snapshots) {
    return snapshots.stream()
        .mapToLong(entry -> entry.logPosition)
        .distinct()
        .skip(SNAPSHOTS_KEPT - 1)
        .findFirst()
        .orElse(-1);
  }

  // Oldest first, so that below one that is gone all are: the search ends at the first.
  private static void purgeBelow(
      long position, List<RecordingLog.Entry> snapshots, AeronArchive archive) {
    List<Long> old = new ArrayList<>();
    for (RecordingLog.Entry entry : snapshots) {
      if (entry.logPosition < position) {
        if (!exists(entry.recordingId, archive)) {
          break;
        }
        old.add(entry.recordingId);
      }
    }
    for (long recordingId : old.reversed()) {
      archive.purgeRecording(recordingId);
    }
  }

  private static boolean exists(long recordingId, AeronArchive archive) {
    return archive.listRecording(
            recordingId,
            (c, r, id, st, et, s, e, term, segment, tl, mtu, session, stream, ch, och, src) -> {})
        > 0;
  }
}
