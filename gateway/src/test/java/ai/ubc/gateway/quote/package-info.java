@NullMarked
package ai.ubc.gateway.quote;

import org.jspecify.annotations.NullMarked;
