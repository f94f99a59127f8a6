/** Which commands may run, and which ran before. Part of the engine only. */
@NullMarked
package ai.ubc.engine.admission;

import org.jspecify.annotations.NullMarked;
