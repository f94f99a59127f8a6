/** Nodes that misbehave, for demonstrations and tests. */
@NullMarked
package ai.ubc.provider.node.demo;

import org.jspecify.annotations.NullMarked;
