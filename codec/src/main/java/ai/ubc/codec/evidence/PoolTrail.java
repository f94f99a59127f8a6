package ai.ubc.codec.evidence;

import ai.ubc.codec.evidence.Pool.Eligible;
import ai.ubc.domain.Event;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.Tier;
import ai.ubc.domain.rules.JobAmounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows all events of a log in their order, and so knows at each draw who could be drawn
 * (JOB-004, VER-002): free validator bonds as they stand between two events, and of each open
 * quorum job its parties and who was drawn for it. One thread.
 */
public final class PoolTrail {
  /**
   * What of a job decides who may be drawn for it.
   *
   * @param requester never drawn
   * @param provider never drawn
   * @param dutyBondMicros the least bond of who is drawn
   */
  public record Parties(int requester, int provider, long dutyBondMicros) {}

  private record Drawable(Parties parties, Set<Integer> drawn) {}

  private final GenesisParameters parameters;
  private final Hash32 genesisHash;
  private final TreeMap<Integer, Long> bonds = new TreeMap<>();
  private final Map<Long, Drawable> jobs = new HashMap<>();

  /** Before the first event. */
  public PoolTrail(GenesisParameters parameters, Hash32 genesisHash) {
    this.parameters = parameters;
    this.genesisHash = genesisHash;
  }

  /** Sets a free validator bond, to go on from a state that was kept. */
  public void restoreBond(int account, long bondMicros) {
    bonds.put(account, bondMicros);
  }

  /** Sets an open quorum job, to go on from a state that was kept. */
  public void restoreJob(long job, Parties parties) {
    jobs.put(job, new Drawable(parties, new HashSet<>()));
  }

  /** Sets who was drawn for an open job, to go on from a state that was kept. */
  public void restoreDrawn(long job, int validator) {
    drawable(job).drawn().add(validator);
  }

  /** The parties of an open quorum job; empty for every other number. */
  public Optional<Parties> parties(long job) {
    return Optional.ofNullable(jobs.get(job)).map(Drawable::parties);
  }

  /**
   * Follows one event.
   *
   * @return at a draw, who could be drawn
   * @throws IllegalStateException when that has not the hash that the ledger gave: a bug of ours
   */
  public Optional<Pool> follow(Event event) {
    switch (event) {
      case Event.Posted posted -> {
        move(posted.fromKind(), posted.fromId(), -posted.amountMicros());
        move(posted.toKind(), posted.toId(), posted.amountMicros());
      }
      case Event.JobSubmitted job -> submitted(job);
      case Event.DrawMade made -> {
        return Optional.of(pool(made));
      }
      case Event.ValidatorDrawn drawn -> restoreDrawn(drawn.job(), drawn.validator());
      case Event.JobClosed closed -> jobs.remove(closed.job());
      case Event.RulesActivated _,
          Event.AccountRegistered _,
          Event.OfferPlaced _,
          Event.OfferTaken _,
          Event.OfferCancelled _,
          Event.LeaseOpened _,
          Event.JobQueued _,
          Event.LockOpened _,
          Event.LockReassigned _,
          Event.JobStateChanged _,
          Event.ResultCommitted _,
          Event.SecretRevealed _,
          Event.BeaconOpened _,
          Event.VerdictSealed _,
          Event.ResultOpened _,
          Event.VerdictOpened _,
          Event.JobJudged _,
          Event.JobSettled _,
          Event.OutageRecorded _,
          Event.MandateGranted _,
          Event.PayeeAllowed _,
          Event.MandateSpent _,
          Event.MandateRevoked _,
          Event.OwnerNamed _,
          Event.OwnerChanged _ -> {}
    }
    return Optional.empty();
  }

  private void submitted(Event.JobSubmitted job) {
    if (job.tier() == Tier.QUORUM.code()) {
      long dutyBond = JobAmounts.dutyBondRoundedUp(parameters, job.priceHeldMicros());
      restoreJob(job.job(), new Parties(job.requester(), job.provider(), dutyBond));
    }
  }

  private void move(int kind, long account, long changeMicros) {
    if (kind == HolderKind.BOND_VALIDATOR.code()) {
      bonds.merge(Math.toIntExact(account), changeMicros, Math::addExact);
    }
  }

  private Pool pool(Event.DrawMade made) {
    Drawable job = drawable(made.job());
    Parties parties = job.parties();
    long least = Math.max(parties.dutyBondMicros(), parameters.bondMinMicros());
    List<Eligible> eligible = new ArrayList<>();
    bonds.forEach((account, bondMicros) -> {
      boolean isParty = account == parties.requester() || account == parties.provider();
      if (bondMicros >= least && !isParty && !job.drawn().contains(account)) {
        eligible.add(new Eligible(account, bondMicros));
      }
    });
    Pool pool = new Pool(made.round(), eligible);
    Hash32 hash = pool.hash(genesisHash, made.job());
    if (!hash.equals(made.pool())) {
      throw new IllegalStateException(
          "the pool of job %d, round %d, is %s in the log, but of those who could be drawn %s: %s"
              .formatted(made.job(), made.round(), made.pool(), hash, eligible));
    }
    return pool;
  }

  private Drawable drawable(long job) {
    Drawable drawable = jobs.get(job);
    if (drawable == null) {
      throw new IllegalStateException("somebody was drawn for job " + job + ", which is not open");
    }
    return drawable;
  }
}
