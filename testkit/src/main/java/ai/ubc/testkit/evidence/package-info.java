/** Ledgers with a real log of signed entries, from which receipts are made. */
@NullMarked
package ai.ubc.testkit.evidence;

import org.jspecify.annotations.NullMarked;
