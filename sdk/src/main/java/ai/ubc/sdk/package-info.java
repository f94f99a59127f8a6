/** The Java client and signer. */
@NullMarked
package ai.ubc.sdk;

import org.jspecify.annotations.NullMarked;
