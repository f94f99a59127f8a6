/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.engine;

import org.jspecify.annotations.NullMarked;
