@NullMarked
package ai.ubc.api;

import org.jspecify.annotations.NullMarked;
