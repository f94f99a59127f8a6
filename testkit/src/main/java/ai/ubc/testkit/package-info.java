/** Fakes, generators and the naive twin, for tests only. */
@NullMarked
package ai.ubc.testkit;

import org.jspecify.annotations.NullMarked;
