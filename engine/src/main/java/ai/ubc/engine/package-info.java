/** The deterministic state machine. */
@NullMarked
package ai.ubc.engine;

import org.jspecify.annotations.NullMarked;
