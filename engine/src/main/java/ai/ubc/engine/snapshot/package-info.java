/** How the engine's state is written and read back: primitives in a fixed order. */
@NullMarked
package ai.ubc.engine.snapshot;

import org.jspecify.annotations.NullMarked;
