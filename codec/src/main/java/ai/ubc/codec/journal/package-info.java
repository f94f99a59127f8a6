/**
 * The journal: immutable, hash-chained segments of what the ledger was asked, answered and did. The
 * format is written down in {@code docs/spec/journal.md}.
 */
@NullMarked
package ai.ubc.codec.journal;

import org.jspecify.annotations.NullMarked;
