package ai.ubc.codec.evidence;

import ai.ubc.domain.Event;

/** Which job an event belongs to. */
public final class JobEvents {
  private JobEvents() {}

  /** The job that the event names; 0 for one that names none. */
  public static long jobOf(Event event) {
    return switch (event) {
      case Event.Posted e -> e.job();
      case Event.JobQueued e -> e.job();
      case Event.JobSubmitted e -> e.job();
      case Event.LockOpened e -> e.job();
      case Event.JobStateChanged e -> e.job();
      case Event.ResultCommitted e -> e.job();
      case Event.SecretRevealed e -> e.job();
      case Event.DrawMade e -> e.job();
      case Event.ValidatorDrawn e -> e.job();
      case Event.VerdictSealed e -> e.job();
      case Event.ResultOpened e -> e.job();
      case Event.VerdictOpened e -> e.job();
      case Event.JobJudged e -> e.job();
      case Event.JobSettled e -> e.job();
      case Event.JobClosed e -> e.job();
      case Event.MandateSpent e -> e.job();
      case Event.RulesActivated _,
          Event.AccountRegistered _,
          Event.OfferPlaced _,
          Event.OfferTaken _,
          Event.OfferCancelled _,
          Event.LeaseOpened _,
          Event.LockReassigned _,
          Event.BeaconOpened _,
          Event.OutageRecorded _,
          Event.MandateGranted _,
          Event.PayeeAllowed _,
          Event.MandateRevoked _,
          Event.OwnerNamed _,
          Event.OwnerChanged _ ->
          0;
    };
  }
}
