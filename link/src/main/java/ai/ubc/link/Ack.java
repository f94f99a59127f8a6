package ai.ubc.link;

import ai.ubc.domain.Refusal;

/**
 * The ledger's answer to an entry. It is on the disk.
 *
 * @param seq position of the entry, or of the first of its kind when this one repeats it; 0 when it
 *     was refused before it had one
 * @param code {@link Refusal#DONE}, or the refusal's number
 */
public record Ack(long seq, int code) {}
