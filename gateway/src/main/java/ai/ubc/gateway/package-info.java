/** HTTP, admission, projections and the content store. */
@NullMarked
package ai.ubc.gateway;

import org.jspecify.annotations.NullMarked;
