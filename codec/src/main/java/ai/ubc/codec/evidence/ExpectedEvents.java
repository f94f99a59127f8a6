package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.domain.Asset;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events that a record should have by the rules, made one by one and then compared with those
 * that it has. Only numbers that the ledger gives out (of locks, leases, orders) are taken from the
 * record. One record, one thread.
 */
final class ExpectedEvents {
  private final JobFacts facts;
  private final RecordView view;
  private final List<Event> recorded;
  private final List<Event> expected = new ArrayList<>();
  private int locksOpened;

  private ExpectedEvents(JobFacts facts, RecordView view, List<Event> recorded) {
    this.facts = facts;
    this.view = view;
    this.recorded = recorded;
  }

  ExpectedEvents(JobFacts facts, RecordView view) {
    this(facts, view, view.eventsOf(facts.job));
  }

  /** Of the end of a record, where a waiting job is matched. */
  static ExpectedEvents ofMatch(JobFacts facts, RecordView view) {
    return new ExpectedEvents(facts, view, view.matchOf(facts.job));
  }

  long seq() {
    return view.seq();
  }

  void add(Event event) {
    expected.add(event);
  }

  /** The first recorded event of a type; broken when there is none. */
  <T extends Event> T recorded(Class<T> type, EvidenceLink link) throws BrokenLinkException {
    for (Event event : recorded) {
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
    throw new BrokenLinkException(
        link, "Record " + view.seq() + " has no event " + type.getSimpleName() + ".");
  }

  /** The recorded events of a type, in order. */
  <T extends Event> List<T> recorded(Class<T> type) {
    return recorded.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The job goes to a state for {@code windowMs}. */
  void enter(JobState to, long windowMs) {
    change(to, view.nowMs() + windowMs);
  }

  /** The job ends. */
  void close() {
    change(JobState.CLOSED, 0);
  }

  private void change(JobState to, long deadlineMs) {
    int from = facts.state.map(JobState::code).orElse(0);
    facts.state = Optional.of(to);
    facts.deadlineMs = deadlineMs;
    add(new Event.JobStateChanged(facts.job, from, to.code(), deadlineMs));
  }

  /** Opens a lock and fills it; none for 0. Returns its number, 0 for none. */
  long open(LockKind kind, int payer, HolderKind from, long amountMicros) {
    if (amountMicros == 0) {
      return 0;
    }
    List<Event.LockOpened> opened = recorded(Event.LockOpened.class);
    long lock = locksOpened < opened.size() ? opened.get(locksOpened).lock() : 0;
    locksOpened++;
    add(new Event.LockOpened(lock, facts.job, kind.code(), payer, payer));
    post(amountMicros, from, payer, HolderKind.LOCK, lock, Cause.ESCROW);
    facts.held.put(lock, amountMicros);
    return lock;
  }

  /** Opens and fills the job's one lock of a kind; none for 0. */
  void hold(LockKind kind, int payer, HolderKind from, long amountMicros) {
    long lock = open(kind, payer, from, amountMicros);
    if (lock != 0) {
      facts.locks.put(kind, lock);
    }
  }

  /** Pays a part out of the job's lock of a kind. */
  void pay(LockKind from, long amountMicros, HolderKind to, long toId, Cause cause)
      throws BrokenLinkException {
    Long lock = facts.locks.get(from);
    if (lock == null) {
      require(
          amountMicros == 0,
          EvidenceLink.SETTLEMENT,
          "There is no lock for " + from + " to pay " + amountMicros + " from.");
      return;
    }
    pay(lock, amountMicros, to, toId, cause);
  }

  /** Pays what is left in the job's lock of a kind. */
  void payRest(LockKind from, HolderKind to, long toId, Cause cause) throws BrokenLinkException {
    Long lock = facts.locks.get(from);
    if (lock != null) {
      payRest(lock, to, toId, cause);
    }
  }

  /** Pays what is left in a lock. */
  void payRest(long lock, HolderKind to, long toId, Cause cause) throws BrokenLinkException {
    pay(lock, facts.held.getOrDefault(lock, 0L), to, toId, cause);
  }

  private void pay(long lock, long amountMicros, HolderKind to, long toId, Cause cause)
      throws BrokenLinkException {
    long left = facts.held.getOrDefault(lock, 0L) - amountMicros;
    require(
        left >= 0,
        EvidenceLink.SETTLEMENT,
        "Lock " + lock + " holds too little to pay " + amountMicros + ".");
    facts.held.put(lock, left);
    post(amountMicros, HolderKind.LOCK, lock, to, toId, cause);
  }

  private void post(
      long amountMicros, HolderKind from, long fromId, HolderKind to, long toId, Cause cause) {
    if (amountMicros != 0) {
      add(
          new Event.Posted(
              Asset.COMPUTE,
              amountMicros,
              from.code(),
              fromId,
              to.code(),
              toId,
              cause.code(),
              facts.job));
    }
  }

  /** Compares; broken at {@code link}, or at the money's link where money differs. */
  void compare(EvidenceLink link, EvidenceLink moneyLink) throws BrokenLinkException {
    for (int i = 0; i < Math.max(expected.size(), recorded.size()); i++) {
      Optional<Event> should = at(expected, i);
      Optional<Event> is = at(recorded, i);
      if (!should.equals(is)) {
        boolean isMoney = should.or(() -> is).filter(ExpectedEvents::isMoney).isPresent();
        throw new BrokenLinkException(
            isMoney ? moneyLink : link,
            "Record "
                + view.seq()
                + " says "
                + is.map(Event::toString).orElse("nothing more")
                + " where the rules say "
                + should.map(Event::toString).orElse("nothing more")
                + ".");
      }
    }
  }

  private static Optional<Event> at(List<Event> events, int index) {
    return index < events.size() ? Optional.of(events.get(index)) : Optional.empty();
  }

  private static boolean isMoney(Event event) {
    return event instanceof Event.Posted
        || event instanceof Event.LockOpened
        || event instanceof Event.JobSettled
        || event instanceof Event.MandateSpent;
  }
}
