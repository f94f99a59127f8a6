package ai.ubc.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.Pool;
import ai.ubc.codec.evidence.PoolTrail;
import ai.ubc.codec.journal.JournalRecord;
import ai.ubc.domain.Address;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows each event writes, without a database. */
final class ProjectionTest {
  private static final Hash32 HASH = new Hash32(1, 2, 3, 4);
  private static final JournalRecord RECORD =
      new JournalRecord(9, 1_000, 0, 0, new byte[] {1}, new byte[] {2});

  private static JournalEntry entry(Event... events) {
    return new JournalEntry(9, 1_000, 0, 0, "Tick", 0, Optional.empty(), List.of(events), RECORD);
  }

  private static EntryWriter writer(Projection projection) {
    return projection.writer(new PoolTrail(GenesisParameters.development(), HASH));
  }

  private static List<RowWrite> writes(Projection projection, Event... events) {
    return writer(projection).writes(List.of(entry(events)));
  }

  @Test
  void anAccountIsAddedWithItsOwner() {
    Address owner = new Address(1, 2, 3);
    assertThat(writes(Projection.ACCOUNTS, new Event.AccountRegistered(4, owner)))
        .containsExactly(RowWrite.of(Statement.ACCOUNT_ADDED, 4, owner.toString(), 9L));
  }

  @Test
  void aPostingTakesFromOneHolderAndGivesToAnother() {
    assertThat(writes(Projection.ACCOUNTS, new Event.Posted(2, 50, 1, 7, 4, 3, 5, 1)))
        .containsExactly(
            RowWrite.of(Statement.BALANCE_MOVED, 7L, "FREE", 2, -50L),
            RowWrite.of(Statement.LOCK_MOVED, 3L, 50L));
    assertThat(writes(Projection.ACCOUNTS, new Event.Posted(2, 50, 4, 3, 5, 0, 10, 1)))
        .containsExactly(
            RowWrite.of(Statement.LOCK_MOVED, 3L, -50L),
            RowWrite.of(Statement.BURNED, 2, "REMAINDER", 50L));
    assertThat(writes(Projection.ACCOUNTS, new Event.Posted(1, 50, 6, 0, 1, 3, 1, 0)))
        .containsExactly(RowWrite.of(Statement.BALANCE_MOVED, 3L, "FREE", 1, 50L));
  }

  @Test
  void aCommandIsNotedAtThePositionOfItsFirstRun() {
    JournalEntry first =
        new JournalEntry(5, 1_000, 43, 0, "Bond", 2, Optional.of(HASH), List.of(), RECORD);
    JournalEntry again =
        new JournalEntry(6, 1_000, 43, 5, "Bond", 2, Optional.of(HASH), List.of(), RECORD);
    RowWrite noted = RowWrite.of(Statement.COMMAND_NOTED, HASH.toString(), 5L, 43);
    assertThat(writer(Projection.ACCOUNTS).writes(List.of(first, again)))
        .containsExactly(noted, noted);
  }

  @Test
  void aChangeOfStateSetsTheStateAndJoinsTheHistory() {
    assertThat(writes(Projection.JOBS, new Event.JobStateChanged(1, 0, 1, 77)))
        .containsExactly(
            RowWrite.of(Statement.JOB_STATE_SET, 1L, "LEASED", 77L),
            RowWrite.of(Statement.JOB_TOUCHED, 1L, 9L),
            RowWrite.of(Statement.STATE_CHANGE_ADDED, 1L, 9L, 0, 1_000L, "LEASED", 77L));
  }

  @Test
  void aPostingOutsideAJobIsNoneOfTheJobs() {
    assertThat(writes(Projection.JOBS, new Event.Posted(2, 50, 1, 7, 1, 8, 2, 0))).isEmpty();
    assertThat(writes(Projection.JOBS, new Event.Posted(2, 50, 4, 7, 1, 8, 6, 3)))
        .containsExactly(
            RowWrite.of(Statement.POSTING_ADDED, 3L, 9L, 0, 2, 50L, "LOCK", 7L, "FREE", 8L, "PAY"));
  }

  @Test
  void aVerdictOfAnyKindIsKept() {
    assertThat(
            writes(Projection.JOBS, new Event.VerdictOpened(1, 2, 5, 3, Hash32.ZERO, 0)).getFirst())
        .isEqualTo(
            RowWrite.of(Statement.VERDICT_SET, 1L, 2, 5, "INVALID", Hash32.ZERO.toString(), 0L));
  }

  @Test
  void anOfferLeavesTheBookWhenNothingIsLeftOrItIsCancelled() {
    assertThat(
            writes(
                Projection.MARKET,
                new Event.OfferPlaced(1, 3, 1, 5, 100),
                new Event.OfferTaken(1, 1, 40, 60),
                new Event.OfferTaken(1, 2, 60, 0),
                new Event.OfferCancelled(2, 70)))
        .containsExactly(
            RowWrite.of(Statement.OFFER_ADDED, 1L, 3, "wasi", 5L, 100L, 100L, 9L),
            RowWrite.of(Statement.OFFER_SET, 1L, 60L, true),
            RowWrite.of(Statement.OFFER_SET, 1L, 0L, false),
            RowWrite.of(Statement.OFFER_SET, 2L, 70L, false));
  }

  @Test
  void outagesAndRulesAreSummedAndSet() {
    assertThat(
            writes(Projection.ACCOUNTS, new Event.OutageRecorded(5), new Event.RulesActivated(1)))
        .containsExactly(
            RowWrite.of(Statement.OUTAGE_ADDED, 5L), RowWrite.of(Statement.RULES_SET, 1));
  }

  @Test
  void aBatchSumsWhatIsSummedAndKeepsTheOrderOfTheRest() {
    var batch =
        RowWrite.batch(
            List.of(
                RowWrite.of(Statement.BALANCE_MOVED, 7L, "FREE", 2, -50L),
                RowWrite.of(Statement.LOCK_MOVED, 3L, 50L),
                RowWrite.of(Statement.BALANCE_MOVED, 8L, "FREE", 2, 1L),
                RowWrite.of(Statement.BALANCE_MOVED, 7L, "FREE", 2, 20L),
                RowWrite.of(Statement.LOCK_ADDED, 3L, 1L, "FEE", 7, 7)));
    assertThat(batch.keySet())
        .containsExactly(Statement.LOCK_ADDED, Statement.LOCK_MOVED, Statement.BALANCE_MOVED);
    assertThat(batch.get(Statement.BALANCE_MOVED))
        .containsExactly(List.of(7L, "FREE", 2, -30L), List.of(8L, "FREE", 2, 1L));
  }

  @Test
  void whoCouldBeDrawnIsWrittenWithWhatTheNextDrawNeeds() {
    long bond = 100_000_000;
    Pool pool = new Pool(0, List.of(new Pool.Eligible(7, bond), new Pool.Eligible(8, bond)));
    EntryWriter writer = writer(Projection.DRAWS);
    assertThat(
            writer.writes(
                List.of(
                    entry(
                        new Event.Posted(2, bond, 1, 7, 3, 7, 3, 0),
                        new Event.Posted(2, bond, 1, 8, 3, 8, 3, 0),
                        new Event.Posted(2, bond, 1, 8, 2, 8, 3, 0)),
                    entry(submitted(1, Tier.QUORUM), submitted(2, Tier.NONE)))))
        .containsExactly(
            RowWrite.of(Statement.DRAW_BOND_MOVED, 7L, bond),
            RowWrite.of(Statement.DRAW_BOND_MOVED, 8L, bond),
            RowWrite.of(Statement.DRAW_JOB_ADDED, 1L, 2, 3, 100_000L));
    List<RowWrite> drawn =
        writer.writes(
            List.of(
                entry(
                    new Event.DrawMade(1, 0, 1, HASH, pool.hash(HASH, 1)),
                    new Event.ValidatorDrawn(1, 0, 8, bond),
                    new Event.Posted(2, 10, 3, 8, 4, 5, 6, 1)),
                entry(new Event.JobClosed(1, 1))));
    assertThat(drawn.getFirst().statement()).isEqualTo(Statement.DRAW_POOL_ADDED);
    assertThat((byte[]) drawn.getFirst().values().getLast()).isEqualTo(pool.bytes());
    assertThat(drawn.subList(1, drawn.size()))
        .containsExactly(
            RowWrite.of(Statement.DRAW_PICK_ADDED, 1L, 8),
            RowWrite.of(Statement.DRAW_BOND_MOVED, 8L, -10L),
            RowWrite.of(Statement.DRAW_JOB_CLOSED, 1L));
  }

  private static Event submitted(long job, Tier tier) {
    return new Event.JobSubmitted(
        job, job, 2, 3, HASH, HASH, HASH, 1, tier.code(), 2, 0, 5, 5, 1_000_000, 0, 0, 0, 0);
  }

  @Test
  void aPoolThatIsTooLongForAReceiptIsNotKept() {
    EntryWriter writer = writer(Projection.DRAWS);
    List<Event> events = new ArrayList<>();
    List<Pool.Eligible> eligible = new ArrayList<>();
    for (int account = 10; account < 10 + Pool.ELIGIBLE_MAX + 1; account++) {
      events.add(new Event.Posted(2, 100_000, 1, account, 3, account, 3, 0));
      eligible.add(new Pool.Eligible(account, 100_000));
    }
    events.add(submitted(1, Tier.QUORUM));
    writer.writes(List.of(entry(events.toArray(Event[]::new))));
    Hash32 pool = new Pool(0, eligible).hash(HASH, 1);
    assertThat(writer.writes(List.of(entry(new Event.DrawMade(1, 0, 1, HASH, pool))))).isEmpty();
  }

  @Test
  void aJobThatWaitsIsOnTheBookUntilItWaitsNoMore() {
    Event queued = new Event.JobQueued(1, 2, HASH, HASH, HASH, 3, 0, 0, 1, 1_000, 20, 1_070);
    assertThat(
            writes(
                Projection.MARKET,
                queued,
                new Event.JobStateChanged(1, 0, 9, 77),
                new Event.JobStateChanged(1, 9, 8, 0),
                new Event.LeaseOpened(4, 5, 6, 7, 1, 19, 500)))
        .containsExactly(
            RowWrite.of(Statement.BID_ADDED, 1L, "wasi", 20L, 1_000L),
            RowWrite.of(Statement.BID_CLOSED, 1L),
            RowWrite.of(Statement.LAST_LEASE_SET, "wasi", 4L, 19L));
    assertThat(writes(Projection.JOBS, queued, new Event.JobClosed(1, 6)))
        .extracting(RowWrite::statement)
        .containsExactly(Statement.JOB_QUEUED, Statement.JOB_ENDED);
    assertThat(writes(Projection.JOBS, new Event.JobClosed(1, 6)))
        .containsExactly(RowWrite.of(Statement.JOB_ENDED, 1L, "CANCELLED"));
  }
}
