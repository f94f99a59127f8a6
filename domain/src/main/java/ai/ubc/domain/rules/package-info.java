/**
 * Pure integer functions that price and split a job; the engine, quotes and documentation share
 * them.
 */
@NullMarked
package ai.ubc.domain.rules;

import org.jspecify.annotations.NullMarked;
