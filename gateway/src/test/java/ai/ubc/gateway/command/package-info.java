@NullMarked
package ai.ubc.gateway.command;

import org.jspecify.annotations.NullMarked;
