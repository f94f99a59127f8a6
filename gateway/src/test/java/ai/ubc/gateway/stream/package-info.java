@NullMarked
package ai.ubc.gateway.stream;

import org.jspecify.annotations.NullMarked;
