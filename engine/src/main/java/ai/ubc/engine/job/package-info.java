/**
 * A job's record, its course as a transition table, and the commands that move it. Part of the
 * engine only.
 */
@NullMarked
package ai.ubc.engine.job;

import org.jspecify.annotations.NullMarked;
