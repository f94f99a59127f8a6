package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.DRAW_BOND_MOVED;
import static ai.ubc.gateway.projection.Statement.DRAW_JOB_ADDED;
import static ai.ubc.gateway.projection.Statement.DRAW_JOB_CLOSED;
import static ai.ubc.gateway.projection.Statement.DRAW_PICK_ADDED;
import static ai.ubc.gateway.projection.Statement.DRAW_POOL_ADDED;

import ai.ubc.codec.evidence.Pool;
import ai.ubc.codec.evidence.PoolTrail;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of the projection "draws". Unlike the others it has to remember: who could be drawn
 * follows from all entries before, so what the trail knows is written as well. One thread.
 */
final class DrawRows {
  private final PoolTrail trail;

  DrawRows(PoolTrail trail) {
    this.trail = trail;
  }

  void of(JournalEntry entry, Consumer<RowWrite> to) {
    entry.events().forEach(event -> of(event, to));
  }

  private void of(Event event, Consumer<RowWrite> to) {
    Optional<Pool> drawnFrom = trail.follow(event);
    if (event instanceof Event.Posted e) {
      bonded(e.fromKind(), e.fromId(), -e.amountMicros(), to);
      bonded(e.toKind(), e.toId(), e.amountMicros(), to);
    }
    if (event instanceof Event.JobSubmitted e) {
      trail.parties(e.job()).ifPresent(parties -> to.accept(added(e.job(), parties)));
    }
    if (event instanceof Event.DrawMade e) {
      drawnFrom
          .filter(pool -> pool.eligible().size() <= Pool.ELIGIBLE_MAX)
          .ifPresent(
              pool -> to.accept(RowWrite.of(DRAW_POOL_ADDED, e.job(), e.round(), pool.bytes())));
    }
    if (event instanceof Event.ValidatorDrawn e) {
      to.accept(RowWrite.of(DRAW_PICK_ADDED, e.job(), e.validator()));
    }
    if (event instanceof Event.JobClosed e) {
      to.accept(RowWrite.of(DRAW_JOB_CLOSED, e.job()));
    }
  }

  private static RowWrite added(long job, PoolTrail.Parties parties) {
    return RowWrite.of(
        DRAW_JOB_ADDED, job, parties.requester(), parties.provider(), parties.dutyBondMicros());
  }

  private static void bonded(int kind, long account, long delta, Consumer<RowWrite> to) {
    if (kind == HolderKind.BOND_VALIDATOR.code()) {
      to.accept(RowWrite.of(DRAW_BOND_MOVED, account, delta));
    }
  }
}
