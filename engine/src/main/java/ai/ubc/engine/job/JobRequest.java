package ai.ubc.engine.job;

import ai.ubc.domain.Tier;
import ai.ubc.engine.flat.Slab;

/**
 * What a requester asks for, while it is decided. One instance, filled anew for each submission and
 * each waiting job: a record of so many fields can neither be handed on one by one nor allocated.
 */
final class JobRequest {
  /** Words of program, input and secret hash together. */
  static final int HASH_WORDS = 12;

  final long[] hashes = new long[HASH_WORDS];
  int account;
  // By which the job is submitted; NONE for the owner.
  int mandate = Slab.NONE;
  int itemCount;
  Tier tier = Tier.NONE;
  int validators;
  int inputPolicy;
  long unitsMax;
  long limitPriceMicros;
  long maxCostMicros;
  long runWindowMs;
  long waitMs;

  void setHash(int at, long word0, long word1, long word2, long word3) {
    hashes[at] = word0;
    hashes[at + 1] = word1;
    hashes[at + 2] = word2;
    hashes[at + 3] = word3;
  }
}
