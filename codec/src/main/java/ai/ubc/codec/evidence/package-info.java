/**
 * The evidence for one job as a file, and its verification without the network: pure functions of
 * bytes. The rules are written down in {@code docs/spec/evidence.md}.
 */
@NullMarked
package ai.ubc.codec.evidence;

import org.jspecify.annotations.NullMarked;
