package ai.ubc.gateway.stream;

import ai.ubc.codec.evidence.JobEvents;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.gateway.journal.JournalEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events concern an account: all of an entry that it gave, but what waiting jobs of others
 * got from offers of others at its end; of others' entries those that name it, or a job that
 * concerns it.
 */
public final class Concern {
  private final JobParties parties;
  private final int account;

  /** The concerns of {@code account}. */
  public Concern(JobParties parties, int account) {
    this.parties = parties;
    this.account = account;
  }

  /** The events of an entry that concern the account, in order. */
  public List<Event> of(JournalEntry entry) {
    Set<Long> matched =
        entry.events().stream()
            .filter(e -> e instanceof Event.JobStateChanged c && isMatch(c))
            .map(JobEvents::jobOf)
            .collect(Collectors.toSet());
    boolean isGiver = entry.account() == account;
    if (isGiver && matched.isEmpty()) {
      return entry.events();
    }
    Set<Long> leases =
        entry.events().stream()
            .filter(e -> e instanceof Event.LeaseOpened opened && opened.provider() == account)
            .map(e -> ((Event.LeaseOpened) e).lease())
            .collect(Collectors.toSet());
    return entry.events().stream()
        .filter(event -> concerns(event, leases) || (isGiver && !isOfMatch(event, matched)))
        .toList();
  }

  private static boolean isMatch(Event.JobStateChanged change) {
    return change.from() == JobState.WAITING.code() && change.to() == JobState.LEASED.code();
  }

  // An entry that lets waiting jobs be matched gives no other leases.
  private static boolean isOfMatch(Event event, Set<Long> matched) {
    return event instanceof Event.OfferTaken
        || event instanceof Event.LeaseOpened
        || matched.contains(JobEvents.jobOf(event));
  }

  private boolean concerns(Event event, Set<Long> leases) {
    return switch (event) {
      case Event.AccountRegistered e -> e.account() == account;
      case Event.Posted e ->
          holds(e.fromKind(), e.fromId()) || holds(e.toKind(), e.toId()) || ofJob(e.job());
      case Event.OfferPlaced e -> e.account() == account;
      case Event.OfferTaken e -> leases.contains(e.lease());
      case Event.LeaseOpened e -> e.provider() == account || e.requester() == account;
      case Event.LockOpened e -> ofJob(e.job());
      case Event.LockReassigned e -> e.beneficiary() == account;
      case Event.JobQueued e -> ofJob(e.job());
      case Event.JobSubmitted e -> ofJob(e.job());
      case Event.JobStateChanged e -> ofJob(e.job());
      case Event.ResultCommitted e -> ofJob(e.job());
      case Event.SecretRevealed e -> ofJob(e.job());
      case Event.DrawMade e -> ofJob(e.job());
      case Event.ValidatorDrawn e -> ofJob(e.job());
      case Event.VerdictSealed e -> ofJob(e.job());
      case Event.ResultOpened e -> ofJob(e.job());
      case Event.VerdictOpened e -> ofJob(e.job());
      case Event.JobJudged e -> ofJob(e.job());
      case Event.JobSettled e -> ofJob(e.job());
      case Event.JobClosed e -> ofJob(e.job());
      case Event.MandateGranted e -> e.account() == account;
      case Event.MandateSpent e -> ofJob(e.job());
      case Event.OwnerNamed e -> e.account() == account;
      case Event.OwnerChanged e -> e.account() == account;
      // Offers are taken off the book, and mandates extended and revoked, by their owners only.
      case Event.OfferCancelled _,
          Event.PayeeAllowed _,
          Event.MandateRevoked _,
          Event.RulesActivated _,
          Event.BeaconOpened _,
          Event.OutageRecorded _ ->
          false;
    };
  }

  private boolean ofJob(long job) {
    return job != 0 && parties.concerns(job, account);
  }

  private boolean holds(int kind, long id) {
    return id == account
        && switch (HolderKind.of(kind)) {
          case FREE, BOND_PROVIDER, BOND_VALIDATOR -> true;
          case LOCK, BURNED, GENESIS -> false;
        };
  }
}
