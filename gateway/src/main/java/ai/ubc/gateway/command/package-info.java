/** Admission of commands: form, signature and bodies, before the log. */
@NullMarked
package ai.ubc.gateway.command;

import org.jspecify.annotations.NullMarked;
