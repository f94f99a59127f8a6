package ai.ubc.codec.audit;

import ai.ubc.domain.Hash32;

/** What a requester asked for; the same when a job is queued and when an offer takes it. */
record JobTerms(
    int requester,
    Hash32 program,
    Hash32 input,
    Hash32 secretHash,
    int itemCount,
    int tier,
    int validators,
    int inputPolicy,
    long maxUnits) {}
