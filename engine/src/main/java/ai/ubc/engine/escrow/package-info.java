/** What a job's money is locked in and how it is split at the end. Part of the engine only. */
@NullMarked
package ai.ubc.engine.escrow;

import org.jspecify.annotations.NullMarked;
