/**
 * Records in flat arrays: slots, lookups, heaps and lists without objects. Part of the engine only.
 */
@NullMarked
package ai.ubc.engine.flat;

import org.jspecify.annotations.NullMarked;
