/** Ordered ingress to the sequencer, acknowledgements, and following the journal. */
@NullMarked
package ai.ubc.link;

import org.jspecify.annotations.NullMarked;
