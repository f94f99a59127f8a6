/** Hashes, keys and signatures: thin faces of well-kept libraries. */
@NullMarked
package ai.ubc.codec.crypto;

import org.jspecify.annotations.NullMarked;
