/**
 * What a reader of the stream gets: filtered by account, resumable, never buffered without bound.
 */
@NullMarked
package ai.ubc.gateway.stream;

import org.jspecify.annotations.NullMarked;
