package ai.ubc.testkit.twin;

import static ai.ubc.domain.Refusal.DONE;
import static ai.ubc.domain.Refusal.WRONG_BEACON;

import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The beacon and the draws it makes (VER-001 to VER-003). */
final class NaiveDraw {
  private static final int JOBS_PER_BEACON = 256;
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private final NaiveState state;
  private final GenesisParameters parameters;

  NaiveDraw(NaiveState state) {
    this.state = state;
    this.parameters = state.genesis.parameters();
  }

  int beacon(long slot, Hash32 preimage, Hash32 nextHead) {
    Hash32 hash = NaiveState.finish(NaiveState.put(state.keccak.begin(), preimage));
    if (slot != state.lastSlot + 1 || !hash.equals(state.beaconHead)) {
      return WRONG_BEACON.number();
    }
    Hash32 head = nextHead.isZero() ? preimage : nextHead;
    state.lastSlot = slot;
    state.beaconHead = head;
    state.sink.beaconOpened(
        slot,
        preimage.word0(),
        preimage.word1(),
        preimage.word2(),
        preimage.word3(),
        head.word0(),
        head.word1(),
        head.word2(),
        head.word3());
    state.jobs.values().stream()
        .filter(job -> job.state == JobState.AWAITING_BEACON)
        .sorted(Comparator.comparingLong(job -> job.awaitsBeaconSince))
        .limit(JOBS_PER_BEACON)
        .toList()
        .forEach(job -> draw(job, preimage));
    return DONE;
  }

  private void draw(NaiveJob job, Hash32 preimage) {
    NaiveJob.Terms terms = job.terms();
    List<Integer> pool =
        new ArrayList<>(state.eligible(job.requester(), terms.provider(), terms.price()));
    pool.removeAll(job.drawnEver);
    if (pool.size() < job.validators()) {
      state.change(job, JobState.AWAITING_RESULT, state.now + parameters.openWindowMs());
      return;
    }
    Hash32 seed = seed(job, preimage);
    Hash32 hash = hash(job, pool);
    state.sink.drawMade(
        job.number(),
        job.round,
        job.secret.isPresent() ? 1 : 0,
        seed.word0(),
        seed.word1(),
        seed.word2(),
        seed.word3(),
        hash.word0(),
        hash.word1(),
        hash.word2(),
        hash.word3());
    for (int i = 0; i < job.validators(); i++) {
      int validator = pick(seed, i, pool);
      pool.remove(Integer.valueOf(validator));
      appoint(job, validator);
    }
    long workMs = state.amounts.workMs(job.maxUnits()).longValueExact();
    state.change(job, JobState.SEALING, state.now + parameters.sealWindowMs() + workMs);
  }

  private Hash32 hash(NaiveJob job, List<Integer> pool) {
    var message =
        NaiveState.put(state.hash("UBC.pool"), state.genesisHash)
            .putLong(job.number())
            .putByte(job.round);
    for (int account : pool) {
      message.putInt(account).putLong(weight(account).longValueExact());
    }
    return NaiveState.finish(message);
  }

  private Hash32 seed(NaiveJob job, Hash32 preimage) {
    var message =
        NaiveState.put(state.hash("UBC.draw"), state.genesisHash)
            .putLong(job.number())
            .putByte(job.round);
    NaiveState.put(message, job.itemsRoot);
    NaiveState.put(message, job.saltedResult);
    NaiveState.put(message, preimage);
    return NaiveState.finish(NaiveState.put(message, job.secret.orElse(Hash32.ZERO)));
  }

  private int pick(Hash32 seed, int index, List<Integer> pool) {
    Hash32 hash = NaiveState.finish(NaiveState.put(state.hash("UBC.pick"), seed).putByte(index));
    BigInteger first = new BigInteger(Long.toUnsignedString(hash.word0()));
    BigInteger whole = BigInteger.ZERO;
    for (int account : pool) {
      whole = whole.add(weight(account));
    }
    BigInteger x = first.multiply(whole).divide(TWO_TO_64);
    BigInteger cumulated = BigInteger.ZERO;
    for (int account : pool) {
      cumulated = cumulated.add(weight(account));
      if (cumulated.compareTo(x) > 0) {
        return account;
      }
    }
    throw new IllegalStateException("nobody was picked");
  }

  private BigInteger weight(int account) {
    return state.balance(NaiveState.validatorBond(account));
  }

  private void appoint(NaiveJob job, int validator) {
    NaiveJob.Judge judge = new NaiveJob.Judge(validator, weight(validator));
    job.judges.add(judge);
    job.drawnEver.add(validator);
    state.sink.validatorDrawn(job.number(), job.round, validator, judge.weight.longValueExact());
    judge.lock =
        state.open(
            job,
            LockKind.DUTY_BOND,
            NaiveState.validatorBond(validator),
            state.amounts.dutyBond(job.terms().price()));
  }
}
