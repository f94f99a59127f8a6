@NullMarked
package ai.ubc.gateway;

import org.jspecify.annotations.NullMarked;
