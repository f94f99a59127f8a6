/**
 * Keys that sealed jobs need: those that accounts read by, and those that were wrapped for them.
 */
@NullMarked
package ai.ubc.gateway.keys;

import org.jspecify.annotations.NullMarked;
