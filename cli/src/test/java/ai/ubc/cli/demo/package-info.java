/** Tests of the demonstration without a whole one. */
@NullMarked
package ai.ubc.cli.demo;

import org.jspecify.annotations.NullMarked;
