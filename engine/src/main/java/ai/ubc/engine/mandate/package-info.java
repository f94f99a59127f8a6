/**
 * Whose keys an account obeys: session keys and what its owner lets them do, and the change of the
 * owner. Part of the engine only.
 */
@NullMarked
package ai.ubc.engine.mandate;

import org.jspecify.annotations.NullMarked;
