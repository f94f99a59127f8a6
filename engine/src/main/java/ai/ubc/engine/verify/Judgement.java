package ai.ubc.engine.verify;

import ai.ubc.domain.Fraction;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.Verdict;
import ai.ubc.engine.escrow.Payees;
import ai.ubc.engine.flat.Slab;

/**
 * What the opened result and verdicts of a job amount to: VER-013 to VER-015. Holds the outcome of
 * the last judgement until the next.
 */
public final class Judgement {
  private final Panels panels;
  private final Duties duties;
  private final Fraction agreement;
  private final Payees payees;
  private JobEnding ending = JobEnding.UNCHECKED;
  private long units;
  private long agreedMicros;
  private long drawnMicros;

  /** Judges panels of at most {@code validatorsMax} by this fraction, which is above one half. */
  public Judgement(Panels panels, Fraction agreement, int validatorsMax) {
    this.panels = panels;
    this.duties = panels.duties();
    this.agreement = agreement;
    this.payees = new Payees(validatorsMax);
  }

  /** How the job ends. */
  public JobEnding ending() {
    return ending;
  }

  /** Units that are paid for. */
  public long units() {
    return units;
  }

  /** Drawn weight behind the decision, micro-COMPUTE. */
  public long agreedMicros() {
    return agreedMicros;
  }

  /** All drawn weight of the round, micro-COMPUTE. */
  public long drawnMicros() {
    return drawnMicros;
  }

  /** The members of the standing group, in order of drawing. */
  public Payees payees() {
    return payees;
  }

  /** A job that ends without anybody's verdict. */
  public void decideWithoutPanel(JobEnding withoutPanel, long unitsPaid) {
    ending = withoutPanel;
    units = unitsPaid;
    agreedMicros = 0;
    drawnMicros = 0;
    payees.clear();
  }

  /**
   * A job whose verdicts are in, or late: VER-014.
   *
   * @param isResultOpened whether the provider has opened; else root and units are not read
   * @param unitsMax the job's limit
   */
  public void decide(
      int panel,
      boolean isResultOpened,
      long root0,
      long root1,
      long root2,
      long root3,
      long unitsOpened,
      long unitsMax) {
    int standing = findStandingGroup(panel);
    drawnMicros = panels.drawnWeight(panel);
    if (!isResultOpened) {
      ending = JobEnding.WITHHELD;
    } else if (standing == Slab.NONE) {
      ending = JobEnding.UNCHECKED;
    } else if (duties.isDigest(standing, root0, root1, root2, root3, unitsOpened)) {
      ending = JobEnding.ACCEPTED;
    } else {
      ending = JobEnding.FRAUD;
    }
    units =
        switch (ending) {
          case ACCEPTED, UNCHECKED -> unitsOpened;
          // What validators say alone could be anything up to the limit, at the provider's expense.
          case FRAUD -> Math.min(unitsOf(standing), unitsOpened);
          case WITHHELD -> Math.min(unitsOf(standing), unitsMax);
          case ABANDONED, CANCELLED, UNMATCHED ->
              throw new IllegalStateException("no opening ends " + ending);
        };
  }

  // An INVALID verdict, or none, stands for 0 units.
  private long unitsOf(int standing) {
    return duties.verdict(standing) == Verdict.DIGEST.code() ? duties.units(standing) : 0;
  }

  /** Its first member, or {@link Slab#NONE}; its members become the payees. */
  private int findStandingGroup(int panel) {
    for (int duty = panels.firstOfRound(panel); duty != Slab.NONE; duty = duties.next(duty)) {
      if (duties.decides(duty)) {
        gather(duty);
        // By weight and by number: one large bond among small ones decides nothing alone.
        if (agreement.isReachedBy(agreedMicros, panels.drawnWeight(panel))
            && agreement.isReachedBy(payees.count(), panels.validators(panel))) {
          return duty;
        }
      }
    }
    agreedMicros = 0;
    payees.clear();
    return Slab.NONE;
  }

  // Who agrees with a duty before it was gathered with that one already, and did not stand.
  private void gather(int first) {
    agreedMicros = 0;
    payees.clear();
    for (int duty = first; duty != Slab.NONE; duty = duties.next(duty)) {
      if (duties.agree(first, duty)) {
        agreedMicros += duties.weight(duty);
        payees.add(duties.validator(duty));
      }
    }
  }
}
