/** What all commands share: exit codes, failures, the user's directory, the development genesis. */
@NullMarked
package ai.ubc.cli.command;

import org.jspecify.annotations.NullMarked;
