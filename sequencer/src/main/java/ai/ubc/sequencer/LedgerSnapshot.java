package ai.ubc.sequencer;

import ai.ubc.codec.journal.JournalPosition;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.service.Cluster;

/** The content of a snapshot: place in the journal, clock, then the ledger. */
final class LedgerSnapshot {
  /** "UBCSNAP1". */
  private static final long MAGIC = 0x5542_4353_4e41_5031L;

  private LedgerSnapshot() {}

  static void write(
      ExclusivePublication publication,
      Cluster cluster,
      Hash32 genesisHash,
      JournalPosition position,
      LogClock clock,
      Ledger ledger) {
    SnapshotWriter writer = new SnapshotWriter(publication, cluster.idleStrategy());
    writer.putLong(MAGIC);
    putHash(writer, genesisHash);
    writer.putLong(position.seq());
    putHash(writer, position.chain());
    writer.putLong(clock.clusterTimeMs());
    writer.putLong(clock.outagesMs());
    writer.putLong(clock.logTimeMs());
    ledger.writeSnapshot(writer);
    writer.finish();
  }

  /** What a snapshot held. */
  record Restored(JournalPosition position, LedgerDriver driver) {}

  static Restored read(
      Image image,
      Cluster cluster,
      Genesis genesis,
      Hash32 genesisHash,
      Ledger.Factory ledgers,
      LogClock clock) {
    SnapshotReader reader = new SnapshotReader(image, cluster.idleStrategy());
    if (reader.getLong() != MAGIC) {
      throw new IllegalStateException("the snapshot is of another format");
    }
    Hash32 writtenBy = getHash(reader);
    if (!writtenBy.equals(genesisHash)) {
      throw new IllegalStateException(
          "the snapshot is of the network " + writtenBy + ", not " + genesisHash);
    }
    JournalPosition position = new JournalPosition(reader.getLong(), getHash(reader));
    clock.restore(reader.getLong(), reader.getLong(), reader.getLong());
    LedgerDriver driver = LedgerDriver.restore(ledgers, genesis, genesisHash, reader);
    reader.finish();
    return new Restored(position, driver);
  }

  private static void putHash(SnapshotSink sink, Hash32 hash) {
    sink.putLong(hash.word0());
    sink.putLong(hash.word1());
    sink.putLong(hash.word2());
    sink.putLong(hash.word3());
  }

  private static Hash32 getHash(SnapshotSource source) {
    return new Hash32(source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }
}
