package ai.ubc.engine.job;

import static ai.ubc.domain.JobState.AWAITING_BEACON;
import static ai.ubc.domain.JobState.AWAITING_RESULT;
import static ai.ubc.domain.JobState.AWAITING_SECRET;
import static ai.ubc.domain.JobState.CLOSED;
import static ai.ubc.domain.JobState.HELD;
import static ai.ubc.domain.JobState.LEASED;
import static ai.ubc.domain.JobState.OPENING;
import static ai.ubc.domain.JobState.SEALING;
import static ai.ubc.domain.JobState.WAITING;

import ai.ubc.domain.JobState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The course of a job as data: state × input → state, deadline, action. The engine runs this table,
 * the documentation's diagram is printed from it, and it counts how often each row was taken.
 */
public final class TransitionTable {
  private static final int STATES = JobState.values().length + 1;

  private final List<Transition> rows = new ArrayList<>();
  private final List<EnumMap<JobInput, Transition>> byState = new ArrayList<>();
  private final long[] taken;

  /** The table of rules version 1. */
  public TransitionTable() {
    for (int state = 0; state < STATES; state++) {
      byState.add(new EnumMap<>(JobInput.class));
    }
    add(null, JobInput.SUBMITTED, LEASED, Window.RUN, Action.NOTHING);
    add(null, JobInput.QUEUED, WAITING, Window.WAIT, Action.NOTHING);

    add(WAITING, JobInput.MATCHED, LEASED, Window.RUN, Action.NOTHING);
    add(WAITING, JobInput.CANCELLED, CLOSED, Window.NONE, Action.RETURN_ORDER);
    add(WAITING, JobInput.WAIT_ENDED, CLOSED, Window.NONE, Action.RETURN_ORDER);

    add(LEASED, JobInput.COMMITTED_TO_QUORUM, AWAITING_SECRET, Window.SECRET, Action.ASSIGN_PRICE);
    add(LEASED, JobInput.COMMITTED_UNCHECKED, AWAITING_RESULT, Window.OPEN, Action.ASSIGN_PRICE);
    add(LEASED, JobInput.JUDGED_ABANDONED, CLOSED, Window.NONE, Action.SLASH);

    add(AWAITING_SECRET, JobInput.SECRET_REVEALED, AWAITING_BEACON, Window.BEACON, Action.NOTHING);
    add(AWAITING_SECRET, JobInput.SECRET_MISSED, AWAITING_BEACON, Window.BEACON, Action.NOTHING);

    add(AWAITING_BEACON, JobInput.DRAWN, SEALING, Window.SEAL, Action.DRAW);
    add(AWAITING_BEACON, JobInput.TOO_FEW_ELIGIBLE, AWAITING_RESULT, Window.OPEN, Action.NOTHING);
    add(AWAITING_BEACON, JobInput.BEACON_MISSED, AWAITING_RESULT, Window.OPEN, Action.NOTHING);

    add(SEALING, JobInput.ALL_SEALED, OPENING, Window.OPEN, Action.NOTHING);
    add(SEALING, JobInput.FEW_MISSING, OPENING, Window.OPEN, Action.RETURN_MISSING);
    add(SEALING, JobInput.MANY_MISSING, AWAITING_BEACON, Window.BEACON, Action.NEXT_ROUND);
    add(SEALING, JobInput.ROUNDS_USED_UP, AWAITING_RESULT, Window.OPEN, Action.RETURN_ALL);

    add(OPENING, JobInput.JUDGED_ACCEPTED, HELD, Window.DISPUTE, Action.PAY);
    add(OPENING, JobInput.JUDGED_UNCHECKED, HELD, Window.DISPUTE, Action.HOLD);
    add(OPENING, JobInput.JUDGED_FRAUD, CLOSED, Window.NONE, Action.SLASH);
    add(OPENING, JobInput.JUDGED_WITHHELD, CLOSED, Window.NONE, Action.SLASH);

    add(AWAITING_RESULT, JobInput.JUDGED_UNCHECKED, HELD, Window.DISPUTE, Action.HOLD);
    add(AWAITING_RESULT, JobInput.JUDGED_WITHHELD, CLOSED, Window.NONE, Action.SLASH);

    add(HELD, JobInput.HOLD_ENDED_PAID, CLOSED, Window.NONE, Action.RELEASE);
    add(HELD, JobInput.HOLD_ENDED_UNPAID, CLOSED, Window.NONE, Action.PAY_AND_RELEASE);
    taken = new long[rows.size()];
  }

  private void add(
      @Nullable JobState from, JobInput input, JobState to, Window window, Action action) {
    Transition row = new Transition(rows.size(), from, input, to, window, action);
    rows.add(row);
    byState.get(row.fromCode()).put(input, row);
  }

  /**
   * Takes the row for a state and an input.
   *
   * @param stateCode a {@link JobState} code; 0 before submission
   * @throws IllegalStateException when there is none, which is a bug of ours
   */
  Transition take(int stateCode, JobInput input) {
    Transition row = byState.get(stateCode).get(input);
    if (row == null) {
      throw new IllegalStateException("a job in state " + stateCode + " can not be " + input);
    }
    taken[row.index()]++;
    return row;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** How often row {@code index} was taken since this table was made. */
  public long timesTaken(int index) {
    return taken[index];
  }

  /** Row {@code index} for a person: state, input, state. */
  public String describe(int index) {
    Transition row = rows.get(index);
    return row.fromName() + " --" + row.input() + "--> " + row.to();
  }

  /** The table as a Mermaid state diagram, one line a row. */
  public String mermaid() {
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
    for (Transition row : rows) {
      diagram.append("    ").append(row.fromName()).append(" --> ").append(row.to()).append(" : ");
      diagram.append(row.input().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      if (!row.action().label().isEmpty()) {
        diagram.append(" / ").append(row.action().label());
      }
      diagram.append('\n');
    }
    return diagram.append("    CLOSED --> [*]\n").toString();
  }
}
