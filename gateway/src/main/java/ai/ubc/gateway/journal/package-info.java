/** Following the journal: what was logged, in order, from any position, and the log's time. */
@NullMarked
package ai.ubc.gateway.journal;

import org.jspecify.annotations.NullMarked;
