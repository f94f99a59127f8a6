/** Wire forms, hashes, signatures and the offline checks, generated from one schema. */
@NullMarked
package ai.ubc.codec;

import org.jspecify.annotations.NullMarked;
