/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.domain;

import org.jspecify.annotations.NullMarked;
