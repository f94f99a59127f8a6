/** The command as a user meets it: processes, real sockets, real files. */
@NullMarked
package ai.ubc.cli;

import org.jspecify.annotations.NullMarked;
