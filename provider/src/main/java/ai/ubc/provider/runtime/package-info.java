/**
 * What a runtime is asked and what it answers: programs, items, limits, outcomes. A runtime turns
 * the same request into the same result on every machine; whatever a machine can not do is a fault,
 * never a result.
 */
@NullMarked
package ai.ubc.provider.runtime;

import org.jspecify.annotations.NullMarked;
