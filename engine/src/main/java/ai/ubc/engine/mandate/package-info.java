/** Session keys: what an account's owner lets another key do. Part of the engine only. */
@NullMarked
package ai.ubc.engine.mandate;

import org.jspecify.annotations.NullMarked;
