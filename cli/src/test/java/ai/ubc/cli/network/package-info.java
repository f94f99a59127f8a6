/** Tests of what nodes are started with and how they end. */
@NullMarked
package ai.ubc.cli.network;

import org.jspecify.annotations.NullMarked;
