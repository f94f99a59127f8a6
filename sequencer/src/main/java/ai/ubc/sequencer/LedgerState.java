package ai.ubc.sequencer;

import ai.ubc.domain.Hash32;

/**
 * The ledger's state at a moment, as fingerprints.
 *
 * @param seq the last entry applied
 * @param logTimeMs its log time, milliseconds
 * @param chain the journal's chain hash behind it
 * @param stateHash SHA-256 of the canonical snapshot
 */
public record LedgerState(long seq, long logTimeMs, Hash32 chain, Hash32 stateHash) {}
