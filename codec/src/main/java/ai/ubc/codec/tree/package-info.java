/**
 * The Merkle tree over the log (RFC 9162, SHA-256): its head, its proofs and their checks. The
 * format is written down in {@code docs/spec/evidence.md}.
 */
@NullMarked
package ai.ubc.codec.tree;

import org.jspecify.annotations.NullMarked;
