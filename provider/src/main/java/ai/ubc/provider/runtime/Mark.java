package ai.ubc.provider.runtime;

/**
 * A digest of where a run was, for re-running it to there: the same on every machine.
 *
 * @param units units of the item that were drawn, in ascending order among the marks of an item
 * @param digest 32 bytes over the program's memory, globals and output at that point
 */
public record Mark(long units, Bytes digest) {}
