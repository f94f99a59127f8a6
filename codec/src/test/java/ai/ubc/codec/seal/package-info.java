@NullMarked
package ai.ubc.codec.seal;

import org.jspecify.annotations.NullMarked;
