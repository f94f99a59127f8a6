@NullMarked
package ai.ubc.gateway.blob;

import org.jspecify.annotations.NullMarked;
