package ai.ubc.testkit.twin;

import ai.ubc.domain.LockKind;

/** A lock of an escrow: what for, and who paid it. */
record NaiveLock(long number, long job, LockKind kind, int payer) {}
