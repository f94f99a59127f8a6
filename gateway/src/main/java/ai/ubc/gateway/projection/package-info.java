/** From events to rows, as pure functions. */
@NullMarked
package ai.ubc.gateway.projection;

import org.jspecify.annotations.NullMarked;
