package ai.ubc.gateway.stream;

import ai.ubc.domain.Event;
import ai.ubc.gateway.journal.JournalEntry;
import ai.ubc.gateway.problem.RequestFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom each job concerns: requester, provider and everyone drawn. The newest jobs are in memory,
 * older ones are asked for. From any thread.
 */
public final class JobParties {
  private static final Logger LOG = LoggerFactory.getLogger(JobParties.class);
  private static final int JOBS_MAX = 65_536;

  private final LongFunction<List<Integer>> stored;
  private final Map<Long, Set<Integer>> jobs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Set<Integer>> eldest) {
          return size() > JOBS_MAX;
        }
      };

  /** Asks {@code stored} for the accounts of a job that is not in memory. */
  public JobParties(LongFunction<List<Integer>> stored) {
    this.stored = stored;
  }

  /** Notes what an entry says of parties. Entries come in order, before readers see them. */
  public void observe(JournalEntry entry) {
    for (Event event : entry.events()) {
      switch (event) {
        case Event.JobQueued e -> add(e.job(), List.of(e.requester()));
        case Event.JobSubmitted e -> add(e.job(), List.of(e.requester(), e.provider()));
        case Event.ValidatorDrawn e -> drawn(e.job(), e.validator());
        case Event.RulesActivated _,
            Event.AccountRegistered _,
            Event.Posted _,
            Event.OfferPlaced _,
            Event.OfferTaken _,
            Event.OfferCancelled _,
            Event.LeaseOpened _,
            Event.LockOpened _,
            Event.LockReassigned _,
            Event.BeaconOpened _,
            Event.OutageRecorded _,
            Event.JobStateChanged _,
            Event.ResultCommitted _,
            Event.SecretRevealed _,
            Event.DrawMade _,
            Event.VerdictSealed _,
            Event.ResultOpened _,
            Event.VerdictOpened _,
            Event.JobJudged _,
            Event.JobSettled _,
            Event.MandateGranted _,
            Event.PayeeAllowed _,
            Event.MandateSpent _,
            Event.MandateRevoked _,
            Event.OwnerNamed _,
            Event.OwnerChanged _,
            Event.JobClosed _ -> {
          // Nobody becomes a party by it.
        }
      }
    }
  }

  // A job from before the start is not in memory, and the stored accounts do not contain the draw
  // yet: both are put together here, before any reader asks.
  private void drawn(long job, int validator) {
    if (!isKnown(job)) {
      try {
        add(job, stored.apply(job));
      } catch (RequestFailure e) {
        LOG.warn("the parties of job {} can not be read now", job, e);
        return;
      }
    }
    add(job, List.of(validator));
  }

  private boolean isKnown(long job) {
    synchronized (jobs) {
      return jobs.containsKey(job);
    }
  }

  private Set<Integer> add(long job, List<Integer> accounts) {
    synchronized (jobs) {
      Set<Integer> known = jobs.computeIfAbsent(job, _ -> new TreeSet<>());
      known.addAll(accounts);
      return Set.copyOf(known);
    }
  }

  /** Whether the job concerns the account. */
  public boolean concerns(long job, int account) {
    synchronized (jobs) {
      Set<Integer> known = jobs.get(job);
      if (known != null) {
        return known.contains(account);
      }
    }
    return add(job, stored.apply(job)).contains(account);
  }
}
