/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.api;

import org.jspecify.annotations.NullMarked;
