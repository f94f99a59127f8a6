/**
 * The ledger once more, as naively as possible: written from {@code docs/spec/ledger.md} alone,
 * with sorted maps, records and unbounded integers, sharing no code with the engine, so that the
 * two can be compared event by event.
 */
@NullMarked
package ai.ubc.testkit.twin;

import org.jspecify.annotations.NullMarked;
