package ai.ubc.sdk;

/**
 * What was read, and how far.
 *
 * @param value the answer
 * @param seq all entries of the log up to this one, and none behind it, are in the answer
 * @param <T> what was asked for
 */
public record Read<T>(T value, long seq) {}
