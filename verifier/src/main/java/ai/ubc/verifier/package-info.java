/** Verifies receipts offline and says in words what was shown. */
@NullMarked
package ai.ubc.verifier;

import org.jspecify.annotations.NullMarked;
