/** Tests of the log's tree in files. */
@NullMarked
package ai.ubc.gateway.evidence;

import org.jspecify.annotations.NullMarked;
