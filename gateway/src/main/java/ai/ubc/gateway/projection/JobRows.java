package ai.ubc.gateway.projection;

import static ai.ubc.gateway.projection.Statement.COMMITMENT_ADDED;
import static ai.ubc.gateway.projection.Statement.JOB_ADDED;
import static ai.ubc.gateway.projection.Statement.JOB_ENDED;
import static ai.ubc.gateway.projection.Statement.JOB_QUEUED;
import static ai.ubc.gateway.projection.Statement.JOB_SECRET_SET;
import static ai.ubc.gateway.projection.Statement.JOB_STATE_SET;
import static ai.ubc.gateway.projection.Statement.JOB_TOUCHED;
import static ai.ubc.gateway.projection.Statement.JUDGEMENT_ADDED;
import static ai.ubc.gateway.projection.Statement.POSTING_ADDED;
import static ai.ubc.gateway.projection.Statement.RESULT_ADDED;
import static ai.ubc.gateway.projection.Statement.ROUND_ADDED;
import static ai.ubc.gateway.projection.Statement.SEAL_SET;
import static ai.ubc.gateway.projection.Statement.SETTLEMENT_ADDED;
import static ai.ubc.gateway.projection.Statement.STATE_CHANGE_ADDED;
import static ai.ubc.gateway.projection.Statement.VALIDATOR_ADDED;
import static ai.ubc.gateway.projection.Statement.VERDICT_SET;

import ai.ubc.domain.Cause;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.JobEnding;
import ai.ubc.domain.JobState;
import ai.ubc.domain.Tier;
import ai.ubc.domain.Verdict;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.Locale;
import java.util.function.Consumer;

/** The rows of the projection "jobs". */
final class JobRows {
  private JobRows() {}

  static void of(JournalEntry entry, int place, Event event, Consumer<RowWrite> to) {
    long seq = entry.seq();
    switch (event) {
      case Event.JobQueued e -> to.accept(queued(entry, e));
      case Event.JobSubmitted e -> to.accept(added(entry, e));
      case Event.JobStateChanged e -> stateChanged(entry, place, e, to);
      case Event.Posted e -> posted(seq, place, e, to);
      case Event.ResultCommitted e ->
          to.accept(
              RowWrite.of(
                  COMMITMENT_ADDED,
                  e.job(),
                  seq,
                  e.saltedResult().toString(),
                  e.itemsRoot().toString()));
      case Event.SecretRevealed e ->
          to.accept(RowWrite.of(JOB_SECRET_SET, e.job(), e.secret().toString()));
      case Event.DrawMade e ->
          to.accept(
              RowWrite.of(
                  ROUND_ADDED, e.job(), e.round(), e.seed().toString(), e.secretKnown() == 1));
      case Event.ValidatorDrawn e ->
          to.accept(
              RowWrite.of(
                  VALIDATOR_ADDED, e.job(), e.round(), e.validator(), place, e.weightMicros()));
      case Event.VerdictSealed e -> {
        to.accept(RowWrite.of(SEAL_SET, e.job(), e.round(), e.validator(), e.seal().toString()));
        to.accept(RowWrite.of(JOB_TOUCHED, e.job(), seq));
      }
      case Event.ResultOpened e -> {
        to.accept(resultOpened(seq, e));
        to.accept(RowWrite.of(JOB_TOUCHED, e.job(), seq));
      }
      case Event.VerdictOpened e -> {
        to.accept(verdictOpened(e));
        to.accept(RowWrite.of(JOB_TOUCHED, e.job(), seq));
      }
      case Event.JobJudged e -> to.accept(judged(seq, e));
      case Event.JobSettled e -> to.accept(settled(seq, e));
      case Event.JobClosed e ->
          to.accept(RowWrite.of(JOB_ENDED, e.job(), JobEnding.of(e.ending()).name()));
      case Event.RulesActivated _,
          Event.AccountRegistered _,
          Event.OfferPlaced _,
          Event.OfferTaken _,
          Event.OfferCancelled _,
          Event.LeaseOpened _,
          Event.LockOpened _,
          Event.LockReassigned _,
          Event.BeaconOpened _,
          Event.MandateGranted _,
          Event.PayeeAllowed _,
          Event.MandateSpent _,
          Event.MandateRevoked _,
          Event.OwnerNamed _,
          Event.OwnerChanged _,
          Event.OutageRecorded _ -> {}
    }
  }

  private static RowWrite queued(JournalEntry entry, Event.JobQueued e) {
    return RowWrite.of(
        JOB_QUEUED,
        e.job(),
        e.requester(),
        e.program().toString(),
        e.input().toString(),
        e.secretHash().toString(),
        e.itemCount(),
        Tier.of(e.tier()).name().toLowerCase(Locale.ROOT),
        e.validators(),
        InputPolicy.of(e.inputPolicy()).name(),
        e.maxUnits(),
        e.limitPriceMicros(),
        e.heldMicros(),
        entry.seq(),
        entry.logTimeMs());
  }

  private static RowWrite added(JournalEntry entry, Event.JobSubmitted e) {
    return RowWrite.of(
        JOB_ADDED,
        e.job(),
        e.lease(),
        e.requester(),
        e.provider(),
        e.program().toString(),
        e.input().toString(),
        e.secretHash().toString(),
        e.itemCount(),
        Tier.of(e.tier()).name().toLowerCase(Locale.ROOT),
        e.validators(),
        InputPolicy.of(e.inputPolicy()).name(),
        e.maxUnits(),
        e.priceMicros(),
        e.priceHeldMicros(),
        e.feeHeldMicros(),
        e.checkingHeldMicros(),
        e.depositHeldMicros(),
        e.providerBondMicros(),
        entry.seq(),
        entry.logTimeMs());
  }

  // Every course of a job passes through changes of state, so what happens between them in the
  // same entry needs no touch of its own.
  private static void stateChanged(
      JournalEntry entry, int place, Event.JobStateChanged e, Consumer<RowWrite> to) {
    String state = JobState.of(e.to()).name();
    to.accept(RowWrite.of(JOB_STATE_SET, e.job(), state, e.deadlineMs()));
    to.accept(RowWrite.of(JOB_TOUCHED, e.job(), entry.seq()));
    to.accept(
        RowWrite.of(
            STATE_CHANGE_ADDED,
            e.job(),
            entry.seq(),
            place,
            entry.logTimeMs(),
            state,
            e.deadlineMs()));
  }

  private static void posted(long seq, int place, Event.Posted e, Consumer<RowWrite> to) {
    if (e.job() != 0) {
      to.accept(
          RowWrite.of(
              POSTING_ADDED,
              e.job(),
              seq,
              place,
              e.asset(),
              e.amountMicros(),
              HolderKind.of(e.fromKind()).name(),
              e.fromId(),
              HolderKind.of(e.toKind()).name(),
              e.toId(),
              Cause.of(e.cause()).name()));
    }
  }

  private static RowWrite resultOpened(long seq, Event.ResultOpened e) {
    return RowWrite.of(
        RESULT_ADDED,
        e.job(),
        seq,
        e.resultRoot().toString(),
        e.units(),
        e.salt().toString(),
        e.body().toString());
  }

  private static RowWrite verdictOpened(Event.VerdictOpened e) {
    return RowWrite.of(
        VERDICT_SET,
        e.job(),
        e.round(),
        e.validator(),
        Verdict.of(e.verdict()).name(),
        e.resultRoot().toString(),
        e.units());
  }

  private static RowWrite judged(long seq, Event.JobJudged e) {
    return RowWrite.of(
        JUDGEMENT_ADDED,
        e.job(),
        seq,
        JobEnding.of(e.ending()).name(),
        e.units(),
        e.agreedMicros(),
        e.drawnMicros());
  }

  private static RowWrite settled(long seq, Event.JobSettled e) {
    return RowWrite.of(
        SETTLEMENT_ADDED,
        e.job(),
        seq,
        e.payMicros(),
        e.feeMicros(),
        e.burnedMicros(),
        e.checkingMicros());
  }
}
