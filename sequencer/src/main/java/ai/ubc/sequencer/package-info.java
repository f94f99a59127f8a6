/** The cluster shell around the engine: timers, snapshots, journal. */
@NullMarked
package ai.ubc.sequencer;

import org.jspecify.annotations.NullMarked;
