@NullMarked
package ai.ubc.gateway.projection;

import org.jspecify.annotations.NullMarked;
