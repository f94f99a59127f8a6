/** The order book kernel and the offers on it. Part of the engine only. */
@NullMarked
package ai.ubc.engine.market;

import org.jspecify.annotations.NullMarked;
