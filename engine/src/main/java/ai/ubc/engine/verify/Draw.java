package ai.ubc.engine.verify;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Role;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.ValidatorList;

/**
 * Draws a panel's validators: eligibility (JOB-004, VER-002) and picks by bond weight without
 * replacement (VER-003).
 *
 * <p>A pick scales the first 64 bits of a hash to the pool's weight w: ⌊h·w / 2^64⌋. With w ≤ 2^62
 * each micro-unit of bond has a chance within 2^−64 of 1/w.
 */
public final class Draw {
  private final Panels panels;
  private final Accounts accounts;
  private final ValidatorList validators;
  private final Beacon beacon;
  private final Commitments commitments;
  private final EventSink events;
  private int[] pool = new int[64];
  private int poolCount;

  /** Draws from the ledger's validators by the beacon's preimages. */
  public Draw(
      Panels panels, Ledger ledger, Beacon beacon, Commitments commitments, EventSink events) {
    this.panels = panels;
    this.accounts = ledger.accounts();
    this.validators = ledger.validators();
    this.beacon = beacon;
    this.commitments = commitments;
    this.events = events;
  }

  /** Whether at least {@code count} validators could be drawn for a job of these parties now. */
  public boolean hasEligible(int requester, int provider, long dutyBondMicros, int count) {
    return validators.hasOthers(count, dutyBondMicros, requester, provider);
  }

  // Every account on the list has the network's least bond.
  private boolean isEligible(int account, int requester, int provider, long dutyBondMicros) {
    return account != requester
        && account != provider
        && accounts.bondMicros(account, Role.VALIDATOR) >= dutyBondMicros;
  }

  /** Whether the panel's next round can be drawn. */
  public boolean isPossible(int panel) {
    fillPool(panel);
    return poolCount >= panels.validators(panel);
  }

  /** Draws the panel's round, which is possible, for a job with this salted result. */
  public void draw(int panel, long salted0, long salted1, long salted2, long salted3) {
    fillPool(panel);
    commitments
        .beginSeed(panels.job(panel))
        .putByte(panels.round(panel))
        .putHash(
            panels.itemsRoot(panel, 0),
            panels.itemsRoot(panel, 1),
            panels.itemsRoot(panel, 2),
            panels.itemsRoot(panel, 3))
        .putHash(salted0, salted1, salted2, salted3)
        .putHash(beacon.preimage(0), beacon.preimage(1), beacon.preimage(2), beacon.preimage(3))
        .putHash(
            panels.secret(panel, 0),
            panels.secret(panel, 1),
            panels.secret(panel, 2),
            panels.secret(panel, 3))
        .end();
    pick(panel, commitments.word(0), commitments.word(1), commitments.word(2), commitments.word(3));
  }

  private void pick(int panel, long seed0, long seed1, long seed2, long seed3) {
    long weight = hashPool(panel);
    events.drawMade(
        panels.job(panel),
        panels.round(panel),
        panels.isSecretKnown(panel) ? 1 : 0,
        seed0,
        seed1,
        seed2,
        seed3,
        commitments.word(0),
        commitments.word(1),
        commitments.word(2),
        commitments.word(3));
    for (int i = 0; i < panels.validators(panel); i++) {
      commitments.hashPick(seed0, seed1, seed2, seed3, i);
      int at = find(Math.unsignedMultiplyHigh(commitments.word(0), weight));
      int validator = pool[at];
      poolCount--;
      System.arraycopy(pool, at + 1, pool, at, poolCount - at);
      long bond = bond(validator);
      weight -= bond;
      panels.draw(panel, validator, bond);
    }
  }

  // Leaves the digest with the commitments, and returns the pool's weight.
  private long hashPool(int panel) {
    Keccak message = commitments.beginPool(panels.job(panel), panels.round(panel));
    long weight = 0;
    for (int i = 0; i < poolCount; i++) {
      long bond = bond(pool[i]);
      message.putInt(pool[i]).putLong(bond);
      weight += bond;
    }
    message.end();
    return weight;
  }

  // x < weight = the sum of the pool's bonds, so the walk ends inside the pool.
  private int find(long x) {
    int at = 0;
    long left = x;
    while (left >= bond(pool[at])) {
      left -= bond(pool[at]);
      at++;
    }
    return at;
  }

  private long bond(int account) {
    return accounts.bondMicros(account, Role.VALIDATOR);
  }

  private void fillPool(int panel) {
    if (pool.length < validators.count()) {
      pool = new int[2 * validators.count()];
    }
    poolCount = 0;
    for (int i = 0; i < validators.count(); i++) {
      int account = validators.account(i);
      if (isEligible(
              account,
              panels.requester(panel),
              panels.provider(panel),
              panels.dutyBondMicros(panel))
          && !panels.wasDrawn(panel, account)) {
        pool[poolCount] = account;
        poolCount++;
      }
    }
  }
}
