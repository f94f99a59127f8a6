/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.gateway;

import org.jspecify.annotations.NullMarked;
