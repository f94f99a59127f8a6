package ai.ubc.api;

/**
 * A command was carried out.
 *
 * @param seq position of its entry in the log; a read with {@code after=seq} sees what it did
 */
public record CommandDone(long seq) {}
