/** A network of real processes that are killed again and again, and what must hold afterwards. */
@NullMarked
package ai.ubc.cli.soak;

import org.jspecify.annotations.NullMarked;
