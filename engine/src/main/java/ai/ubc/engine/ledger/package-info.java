/**
 * Accounts, balances, bonds and locks, and the one place that moves money. Part of the engine only.
 */
@NullMarked
package ai.ubc.engine.ledger;

import org.jspecify.annotations.NullMarked;
