/**
 * Ids, refusals, commands and events as interfaces of primitives, and the integer rules that engine
 * and quote share.
 */
@NullMarked
package ai.ubc.domain;

import org.jspecify.annotations.NullMarked;
