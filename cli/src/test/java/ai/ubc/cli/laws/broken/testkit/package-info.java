/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.testkit;

import org.jspecify.annotations.NullMarked;
