/** Drawing validators, sealed verdicts, and what they amount to. Part of the engine only. */
@NullMarked
package ai.ubc.engine.verify;

import org.jspecify.annotations.NullMarked;
