/**
 * Worker processes: programs run outside the node's process, behind a wall of memory and of time.
 */
@NullMarked
package ai.ubc.provider.worker;

import org.jspecify.annotations.NullMarked;
