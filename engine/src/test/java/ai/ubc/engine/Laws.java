package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobEnding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The laws of the ledger, kept from its events alone and compared with what the engine holds. */
final class Laws {
  private record Holder(HolderKind kind, long id, int asset) {}

  /** What the laws need to know of a job. */
  private static final class Job {
    final int requester;
    final long maxCostMicros;
    final Set<Long> locks = new HashSet<>();
    // 0 while it waits.
    int provider;
    long requesterPaidMicros;

    Job(int requester, long maxCostMicros) {
      this.requester = requester;
      this.maxCostMicros = maxCostMicros;
    }
  }

  private final List<Genesis.Allocation> allocations;
  private final Map<Holder, Long> balances = new HashMap<>();
  private final Map<Long, Job> open = new HashMap<>();
  private final Set<Long> closed = new HashSet<>();
  private long burnedMicros;
  private int untaken;

  Laws(List<Genesis.Allocation> allocations) {
    this.allocations = allocations;
  }

  /** Jobs that an offer took and that have ended. */
  int jobsSettled() {
    return closed.size() - untaken;
  }

  /** Jobs that waited and that no offer took. */
  int jobsUntaken() {
    return untaken;
  }

  /**
   * Takes the events of one entry and checks all laws.
   *
   * @param submission the entry's command when it is a submission, else anything
   */
  void check(String where, Command.SubmitJob submission, List<Event> events, Engine engine) {
    Set<Holder> touched = new HashSet<>();
    for (Event event : events) {
      switch (event) {
        case Event.Posted posted -> post(where, posted, touched);
        case Event.JobQueued queued ->
            open.put(queued.job(), new Job(queued.requester(), submission.maxCostMicros()));
        case Event.JobSubmitted submitted -> take(where, submitted, submission);
        case Event.LockOpened opened -> job(opened.job()).locks.add(opened.lock());
        case Event.ValidatorDrawn drawn ->
            assertThat(drawn.validator())
                .as("LAW-007 %s", where)
                .isNotEqualTo(job(drawn.job()).requester)
                .isNotEqualTo(job(drawn.job()).provider);
        case Event.JobClosed end -> close(where, end);
        default -> {}
      }
    }
    for (Holder holder : touched) {
      assertThat(engine.balanceMicros(holder.kind, holder.id, holder.asset))
          .as("%s %s", holder, where)
          .isEqualTo(balance(holder));
    }
    assertThat(engine.balanceMicros(HolderKind.BURNED, 0, Asset.COMPUTE))
        .as("LAW-004 %s", where)
        .isEqualTo(burnedMicros);
    if (engine.isActive()) {
      conserve(where, engine);
    }
    assertThat(engine.openJobs()).isEqualTo(open.size());
  }

  private void take(String where, Event.JobSubmitted submitted, Command.SubmitJob submission) {
    Job waiting = open.get(submitted.job());
    Job job =
        waiting == null ? new Job(submitted.requester(), submission.maxCostMicros()) : waiting;
    assertThat(job.requesterPaidMicros).as("LAW-005 %s: waiting", where).isZero();
    job.provider = submitted.provider();
    open.put(submitted.job(), job);
  }

  private Job job(long number) {
    return Objects.requireNonNull(open.get(number), () -> "job " + number + " is not open");
  }

  private long balance(Holder holder) {
    return balances.getOrDefault(holder, 0L);
  }

  private void post(String where, Event.Posted posted, Set<Holder> touched) {
    assertThat(posted.amountMicros()).as("NUM-003 %s", where).isPositive();
    Holder from = new Holder(HolderKind.of(posted.fromKind()), posted.fromId(), posted.asset());
    Holder to = new Holder(HolderKind.of(posted.toKind()), posted.toId(), posted.asset());
    balances.merge(from, -posted.amountMicros(), Long::sum);
    balances.merge(to, posted.amountMicros(), Long::sum);
    touched.add(from);
    touched.add(to);
    assertThat(from.kind == HolderKind.GENESIS || balance(from) >= 0)
        .as("LAW-002 %s: %s", where, posted)
        .isTrue();
    if (to.kind == HolderKind.BURNED) {
      burnedMicros += posted.amountMicros();
    }
    if (posted.job() != 0) {
      Job job = job(posted.job());
      assertThat(posted.asset()).as("SET-004 %s", where).isEqualTo(Asset.COMPUTE);
      job.requesterPaidMicros += isFree(from, job) ? posted.amountMicros() : 0;
      job.requesterPaidMicros -= isFree(to, job) ? posted.amountMicros() : 0;
    }
  }

  private static boolean isFree(Holder holder, Job job) {
    return holder.kind == HolderKind.FREE && holder.id == job.requester;
  }

  private void close(String where, Event.JobClosed end) {
    Job job = job(end.job());
    assertThat(closed.add(end.job())).as("LAW-003 %s", where).isTrue();
    open.remove(end.job());
    for (long lock : job.locks) {
      assertThat(balance(new Holder(HolderKind.LOCK, lock, Asset.COMPUTE)))
          .as("LAW-003 %s", where)
          .isZero();
    }
    // A requester that is the treasury gets fees back, so it may even gain.
    assertThat(job.requesterPaidMicros)
        .as("LAW-005 %s", where)
        .isLessThanOrEqualTo(job.maxCostMicros);
    if (job.provider == 0) {
      untaken++;
      assertThat(job.requesterPaidMicros).as("LAW-005 %s", where).isZero();
    }
    if (end.ending() == JobEnding.FRAUD.code()) {
      assertThat(job.requesterPaidMicros).as("LAW-006 %s", where).isNotPositive();
    }
  }

  private void conserve(String where, Engine engine) {
    for (int asset = Asset.UBC; asset <= Asset.COMPUTE; asset++) {
      int of = asset;
      long allocated =
          allocations.stream()
              .filter(allocation -> allocation.asset() == of)
              .mapToLong(Genesis.Allocation::amountMicros)
              .sum();
      long held =
          balances.keySet().stream()
              .filter(holder -> holder.asset == of && holder.kind != HolderKind.GENESIS)
              .mapToLong(holder -> engine.balanceMicros(holder.kind, holder.id, holder.asset))
              .sum();
      assertThat(held).as("LAW-001 %s", where).isEqualTo(allocated);
    }
  }
}
