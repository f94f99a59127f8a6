/** The ubc command and the network in one process. */
@NullMarked
package ai.ubc.cli;

import org.jspecify.annotations.NullMarked;
