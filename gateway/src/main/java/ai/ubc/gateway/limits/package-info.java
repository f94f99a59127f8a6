/** The gateway's named numbers. */
@NullMarked
package ai.ubc.gateway.limits;

import org.jspecify.annotations.NullMarked;
