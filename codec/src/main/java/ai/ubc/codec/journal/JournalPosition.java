package ai.ubc.codec.journal;

import ai.ubc.domain.Hash32;

/**
 * A place in a journal: behind a record.
 *
 * @param seq the record's position in the log; 0 before the first
 * @param chain the record's chain hash; before the first the genesis hash
 */
public record JournalPosition(long seq, Hash32 chain) {
  /** The place before the first record of the network with this genesis hash. */
  public static JournalPosition start(Hash32 genesisHash) {
    return new JournalPosition(0, genesisHash);
  }
}
