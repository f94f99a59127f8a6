/**
 * The deterministic state machine. {@link ai.ubc.engine.Engine} and {@link
 * ai.ubc.engine.EngineLimits} are for others; the packages below are the engine's own, but for
 * {@code snapshot}, which the shell implements, and {@code market}'s order book kernel.
 */
@NullMarked
package ai.ubc.engine;

import org.jspecify.annotations.NullMarked;
