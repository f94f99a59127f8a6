package ai.ubc.api;

/**
 * The data of an SSE message {@code position}: nothing else happened up to here. Sent first, and
 * whenever the stream was quiet for some seconds, so that a reader knows that it lives and from
 * where to resume.
 *
 * @param seq the last entry that the stream has passed
 * @param logTimeMs log time now
 */
public record StreamPosition(long seq, long logTimeMs) {}
