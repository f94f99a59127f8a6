package ai.ubc.provider.node;

import ai.ubc.domain.Hash32;

/**
 * What a job asks to be run.
 *
 * @param job its number
 * @param program SHA-256 of the program
 * @param input SHA-256 of the input bundle
 * @param items items that were bought
 * @param maxUnits the most units that are paid for
 */
public record Terms(long job, Hash32 program, Hash32 input, int items, long maxUnits) {}
