/** Fixtures of the laws. */
@NullMarked
package ai.ubc.cli.laws.broken.sdk;

import org.jspecify.annotations.NullMarked;
