/** Benchmarks: programs that check their result and print what they measured, and on what. */
@NullMarked
package ai.ubc.bench;

import org.jspecify.annotations.NullMarked;
