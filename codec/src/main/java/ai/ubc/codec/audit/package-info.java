/**
 * The laws of the ledger's money, checked from its events alone. Nothing here is shared with the
 * engine, so a mistake in the one is not repeated by the other.
 */
@NullMarked
package ai.ubc.codec.audit;

import org.jspecify.annotations.NullMarked;
