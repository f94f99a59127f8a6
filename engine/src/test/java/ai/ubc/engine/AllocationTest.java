package ai.ubc.engine;

import static ai.ubc.engine.JobRig.PROVIDER;
import static ai.ubc.engine.JobRig.REQUESTER;
import static ai.ubc.engine.JobRig.ROOT;
import static ai.ubc.engine.JobRig.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Verdict;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int ROUNDS = 120;

  @Test
  void theEngineAllocatesNothingOnceItsTablesHaveGrown() {
    List<Entry> log = wholeLives();
    int seq = 0;
    EventEncoder sink = new EventEncoder(new UnsafeBuffer(new byte[1 << 20]));
    Engine engine = new Rig().newEngine(sink);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The second half repeats what the first did, so every table has its size by then.
    while (seq < log.size() / 2) {
      sink.reset();
      log.get(seq).applyTo(engine, ++seq);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    while (seq < log.size()) {
      sink.reset();
      log.get(seq).applyTo(engine, ++seq);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes in %s entries", log.size() / 2).isZero();
  }

  /**
   * Offers, transfers, mandates, changes of owner, jobs that wait, that are paid, unchecked,
   * fraudulent, abandoned, redrawn; refusals.
   */
  private static List<Entry> wholeLives() {
    JobRig jobs = new JobRig();
    Rig rig = jobs.rig;
    for (int round = 0; round < ROUNDS; round++) {
      rig.done(PROVIDER, new Command.PlaceOffer(1, 1 + round, 1));
      rig.done(PROVIDER, new Command.CancelOffer(2 + 2 * round));
      rig.done(REQUESTER, new Command.Transfer(PROVIDER, Asset.UBC, 1));
      rig.refused(Refusal.SAME_ACCOUNT, REQUESTER, new Command.Transfer(REQUESTER, 1, 1));

      Address key = new Address(1, 2, 1 + round % 3);
      rig.done(REQUESTER, new Command.GrantMandate(key, 1L << 40, rig.nowMs + 9_999, 2));
      rig.done(REQUESTER, new Command.AllowPayee(1 + round, PROVIDER));
      Command payment = new Command.Transfer(PROVIDER, Asset.COMPUTE, 1);
      assertThat(rig.give(key, REQUESTER, payment)).isZero();
      assertThat(rig.give(key, REQUESTER, JobRig.plainJob())).isZero();
      rig.refused(Refusal.NOT_IN_MANDATE, key, REQUESTER, new Command.Bond(1, 1));
      wait(rig, key);
      rig.done(REQUESTER, new Command.RevokeMandate(1 + round));
      Address[] keys = {Rig.owner(12), new Address(3, 2, 1)};
      rig.events.clear();
      assertThat(rig.give(keys[round % 2], 12, new Command.NameOwner(keys[1 - round % 2])))
          .isZero();
      assertThat(rig.give(keys[1 - round % 2], 12, new Command.AcceptOwner())).isZero();

      long plain = jobs.submit(JobRig.plainJob());
      rig.done(PROVIDER, jobs.commitTo(plain, ROOT, UNITS));
      jobs.openResult(plain, ROOT, UNITS);
      jobs.submit(JobRig.plainJob());
      boolean isFraud = round % 3 == 0;
      long checked = jobs.submitUntilDrawn(3, isFraud ? JobRig.OTHER_ROOT : ROOT, 1_000);
      jobs.sealAll(checked, 0, Verdict.DIGEST, ROOT, 1_000);
      jobs.openAll(checked, 0, Verdict.DIGEST, ROOT, 1_000);
      jobs.openResult(checked, isFraud ? JobRig.OTHER_ROOT : ROOT, 1_000);
      jobs.submitUntilDrawn(2, ROOT, 1_000);
      jobs.passMs(JobRig.SEAL_WINDOW_MS);
      jobs.draw();
      jobs.passMs(JobRig.SEAL_WINDOW_MS);
      jobs.passMs(rig.parameters().disputeWindowMs());
    }
    return rig.log;
  }

  // Jobs at two limits wait: one is taken back, one at each limit is taken, the last ends
  // unmatched.
  private static void wait(Rig rig, Address key) {
    long limit = JobRig.PRICE - 1;
    assertThat(rig.give(key, REQUESTER, JobForm.waiting(limit, 9_999).command())).isZero();
    assertThat(rig.give(key, REQUESTER, JobForm.waiting(limit - 1, 9_999).command())).isZero();
    rig.done(REQUESTER, JobForm.waiting(limit, 9_999).command());
    long last = rig.eventsOf(Event.JobQueued.class).getFirst().job();
    rig.done(REQUESTER, JobForm.waiting(limit - 2, 9_999).command());
    assertThat(rig.give(key, REQUESTER, new Command.CancelJob(last - 2))).isZero();
    rig.done(PROVIDER, new Command.PlaceOffer(1, limit - 1, 2 * UNITS));
    assertThat(rig.eventsOf(Event.OfferTaken.class)).hasSize(2);
  }
}
