package ai.ubc.engine;

import ai.ubc.domain.Hash32;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;

/** What a snapshot begins with: what it is, in which version, of which network. */
final class SnapshotHeader {
  /** "UBC.snap". */
  private static final long MAGIC = 0x5542_432E_736E_6170L;

  private static final int VERSION = 4;

  private SnapshotHeader() {}

  static void put(SnapshotSink sink, Hash32 genesisHash) {
    sink.putLong(MAGIC);
    sink.putInt(VERSION);
    sink.putLong(genesisHash.word0());
    sink.putLong(genesisHash.word1());
    sink.putLong(genesisHash.word2());
    sink.putLong(genesisHash.word3());
  }

  static void check(SnapshotSource source, Hash32 genesisHash) {
    if (source.getLong() != MAGIC) {
      throw new IllegalArgumentException("these bytes are no snapshot of a ledger");
    }
    int version = source.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the snapshot has version " + version + ", this engine reads " + VERSION);
    }
    Hash32 network =
        new Hash32(source.getLong(), source.getLong(), source.getLong(), source.getLong());
    if (!network.equals(genesisHash)) {
      throw new IllegalArgumentException(
          "the snapshot is of the network " + network + ", not of " + genesisHash);
    }
  }
}
