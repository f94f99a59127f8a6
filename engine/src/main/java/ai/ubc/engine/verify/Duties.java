package ai.ubc.engine.verify;

import ai.ubc.domain.Verdict;
import ai.ubc.engine.flat.Slab;

/** What each drawn validator has to do and has done for one job: flat records, chained by panel. */
final class Duties {
  static final int VALIDATOR = 0;
  static final int ROUND = 1;
  static final int WEIGHT = 2;
  static final int LOCK = 3;
  static final int IS_SEALED = 4;
  // A verdict's code; 0 until it is opened.
  static final int VERDICT = 5;
  static final int SEAL = 6;
  static final int ROOT = 10;
  static final int UNITS = 14;
  static final int NEXT = 15;
  static final int WORDS = 16;

  private static final int DIGEST = Verdict.DIGEST.code();
  private static final int INVALID = Verdict.INVALID.code();

  final Slab slab;

  Duties(int dutiesMax) {
    slab = new Slab(WORDS, dutiesMax);
  }

  int validator(int duty) {
    return slab.getInt(duty, VALIDATOR);
  }

  int round(int duty) {
    return slab.getInt(duty, ROUND);
  }

  long weight(int duty) {
    return slab.get(duty, WEIGHT);
  }

  int lock(int duty) {
    return slab.getInt(duty, LOCK);
  }

  boolean isSealed(int duty) {
    return slab.get(duty, IS_SEALED) != 0;
  }

  int verdict(int duty) {
    return slab.getInt(duty, VERDICT);
  }

  boolean isOpened(int duty) {
    return slab.get(duty, VERDICT) != 0;
  }

  long units(int duty) {
    return slab.get(duty, UNITS);
  }

  int next(int duty) {
    return slab.getInt(duty, NEXT);
  }

  /** Whether an opened verdict can decide a job: it is not UNAVAILABLE. */
  boolean decides(int duty) {
    return verdict(duty) == DIGEST || verdict(duty) == INVALID;
  }

  /** Whether an opened verdict names this digest. */
  boolean isDigest(int duty, long root0, long root1, long root2, long root3, long units) {
    return verdict(duty) == DIGEST
        && units(duty) == units
        && slab.isHash(duty, ROOT, root0, root1, root2, root3);
  }

  /** Whether two opened verdicts that decide say the same: VER-013. */
  boolean agree(int left, int right) {
    if (verdict(left) != DIGEST) {
      return verdict(left) == verdict(right);
    }
    return isDigest(
        right,
        slab.get(left, ROOT),
        slab.get(left, ROOT + 1),
        slab.get(left, ROOT + 2),
        slab.get(left, ROOT + 3),
        units(left));
  }
}
