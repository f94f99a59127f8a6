/** Receipts of jobs: shown, verified, and the job run again. */
@NullMarked
package ai.ubc.cli.evidence;

import org.jspecify.annotations.NullMarked;
