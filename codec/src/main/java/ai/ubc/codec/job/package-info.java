/** A job's input and result as bundles, and the digests of what they hold. */
@NullMarked
package ai.ubc.codec.job;

import org.jspecify.annotations.NullMarked;
