/** The laws that hold for all modules together, and fixtures that break each of them. */
@NullMarked
package ai.ubc.cli.laws;

import org.jspecify.annotations.NullMarked;
