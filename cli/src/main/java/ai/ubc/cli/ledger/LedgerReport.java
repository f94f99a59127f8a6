package ai.ubc.cli.ledger;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.codec.audit.AuditReport;
import ai.ubc.codec.audit.JournalAudit;
import ai.ubc.codec.journal.JournalException;
import ai.ubc.domain.Genesis;
import ai.ubc.sequencer.EngineLedger;
import ai.ubc.sequencer.Replay;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a journal gives when it is replayed from its beginning: the ledger's state, and the books
 * added up by code that shares nothing with the ledger.
 *
 * @param replay the replay
 * @param audit the books
 */
record LedgerReport(Replay.Outcome replay, AuditReport audit) {
  /**
   * Reads a journal once.
   *
   * @param progress is told each position
   * @throws CommandFailure when the journal is damaged, or says something else than the ledger does
   */
  static LedgerReport of(Path journal, Genesis genesis, LongConsumer progress)
      throws CommandFailure {
    return of(journal, null, genesis, progress);
  }

  /** The same with old segments in {@code archive}, unless that is null. */
  static LedgerReport of(
      Path journal, @Nullable Path archive, Genesis genesis, LongConsumer progress)
      throws CommandFailure {
    JournalAudit books = new JournalAudit(progress);
    try {
      Replay.Outcome outcome =
          archive == null
              ? Replay.run(journal, genesis, EngineLedger.factory(), books)
              : Replay.run(journal, archive, genesis, EngineLedger.factory(), books);
      return new LedgerReport(outcome, books.report());
    } catch (JournalException e) {
      throw failure(e);
    } catch (Replay.DivergedException e) {
      throw new CommandFailure(
          ExitCode.CHECK_FAILED,
          "the journal " + journal + " does not say what the ledger does: " + e.getMessage(),
          e);
    }
  }

  /** What a person can do about a journal that can not be used. */
  static CommandFailure failure(JournalException e) {
    String advice =
        switch (e.kind()) {
          case DAMAGED ->
              ". Nothing was changed. Put that file back from a backup, which keeps it under the"
                  + " same name, or restore the whole network from one";
          case FOREIGN -> ". It does not belong here";
          case DIFFERENT -> ". The disk is at fault; use another";
          case IO -> "; free space or mend the disk, and try again";
        };
    Throwable cause = e.getCause();
    String reason = cause == null ? "" : " (" + cause.getMessage() + ")";
    return new CommandFailure(
        ExitCode.FAILURE, "the journal: " + e.getMessage() + reason + advice, e);
  }
}
