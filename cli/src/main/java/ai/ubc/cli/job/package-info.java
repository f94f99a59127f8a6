/** Commands that buy jobs and follow them: run, jobs, quote, map, new. */
@NullMarked
package ai.ubc.cli.job;

import org.jspecify.annotations.NullMarked;
