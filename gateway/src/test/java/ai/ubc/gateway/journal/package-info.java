@NullMarked
package ai.ubc.gateway.journal;

import org.jspecify.annotations.NullMarked;
