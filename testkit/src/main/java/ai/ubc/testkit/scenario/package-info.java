/**
 * Seeded sequences of ledger commands, plausible and hostile, and the comparison of two ledgers
 * over them.
 */
@NullMarked
package ai.ubc.testkit.scenario;

import org.jspecify.annotations.NullMarked;
