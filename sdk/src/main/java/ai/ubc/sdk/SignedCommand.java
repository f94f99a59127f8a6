package ai.ubc.sdk;

/**
 * A command that is signed and may be sent, also by another process and more than once: the ledger
 * carries out the same bytes at most once.
 *
 * @param bytes what to send; not copied
 * @param notAfterMs log time after which the ledger does not carry it out any more, milliseconds
 */
@SuppressWarnings("ArrayRecordComponent")
public record SignedCommand(byte[] bytes, long notAfterMs) {}
