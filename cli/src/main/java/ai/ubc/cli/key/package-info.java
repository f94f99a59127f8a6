/** Session keys: what an owner lets an agent's key spend. */
@NullMarked
package ai.ubc.cli.key;

import org.jspecify.annotations.NullMarked;
