/** A network's genesis as a file, and its hash. */
@NullMarked
package ai.ubc.codec.genesis;

import org.jspecify.annotations.NullMarked;
