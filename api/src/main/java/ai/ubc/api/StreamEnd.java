package ai.ubc.api;

/**
 * The data of an SSE message {@code end}, the last of a stream that the gateway closes.
 *
 * @param code {@code SLOW_READER} or {@code SHUTTING_DOWN}
 * @param detail what to do
 * @param seq the last entry that was sent or passed; resume behind it
 */
public record StreamEnd(String code, String detail, long seq) {}
