/** How the command writes amounts, progress and tables for people. */
@NullMarked
package ai.ubc.cli.text;

import org.jspecify.annotations.NullMarked;
