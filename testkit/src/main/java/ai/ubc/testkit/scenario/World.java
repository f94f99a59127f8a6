package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Event;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What anyone who reads the events knows of a ledger; the generator's eyes. */
final class World {
  /** An open offer. */
  record Offer(long order, int account, long priceMicros, long remainingUnits) {}

  /** A drawn validator of a job's current round. */
  static final class Judge {
    final int account;
    boolean sealed;
    boolean opened;

    Judge(int account) {
      this.account = account;
    }
  }

  /** A job, open or closed. */
  static final class Job {
    final long number;
    final int requester;
    final Hash32 secretHash;
    final int validators;
    final long maxUnits;
    // The highest price while it waits, then what was agreed.
    long priceMicros;
    // 0 while it waits.
    int provider;
    // By whose key it was submitted; 0 for the owner, or as long as that is not known.
    long mandate;
    JobState state;
    long deadlineMs;
    int round;
    boolean resultOpened;
    final List<Judge> judges = new ArrayList<>();

    Job(Event.JobQueued queued) {
      number = queued.job();
      requester = queued.requester();
      secretHash = queued.secretHash();
      validators = queued.validators();
      maxUnits = queued.maxUnits();
      priceMicros = queued.limitPriceMicros();
      state = JobState.WAITING;
    }

    Job(Event.JobSubmitted submitted) {
      number = submitted.job();
      requester = submitted.requester();
      secretHash = submitted.secretHash();
      validators = submitted.validators();
      maxUnits = submitted.maxUnits();
      state = JobState.LEASED;
    }

    long number() {
      return number;
    }
  }

  /** A mandate as granted, live or dead, and what its key has spent. */
  static final class Mandate {
    final Event.MandateGranted terms;
    final List<Integer> payees = new ArrayList<>();
    long spentMicros;
    boolean isRevoked;

    Mandate(Event.MandateGranted terms) {
      this.terms = terms;
    }

    boolean isDead(long now) {
      return isRevoked || now >= terms.expiresMs();
    }

    long leftMicros() {
      return terms.amountMicros() - spentMicros;
    }
  }

  private record Holder(HolderKind kind, long id, int asset) {}

  final SortedMap<Integer, Address> owners = new TreeMap<>();
  final SortedMap<Integer, Address> nextOwners = new TreeMap<>();
  final List<Address> formerOwners = new ArrayList<>();
  final SortedMap<Long, Offer> offers = new TreeMap<>();
  final SortedMap<Long, Job> openJobs = new TreeMap<>();
  final List<Job> jobs = new ArrayList<>();
  final List<Mandate> mandates = new ArrayList<>();
  private final Map<Holder, Long> balances = new HashMap<>();
  private final Map<Long, Integer> bondLocks = new HashMap<>();
  final SortedMap<Integer, Long> lastDuties = new TreeMap<>();
  boolean active;
  Hash32 beaconHead;
  long lastSlot;

  World(Hash32 beaconHead) {
    this.beaconHead = beaconHead;
  }

  long free(int account, int asset) {
    return balances.getOrDefault(new Holder(HolderKind.FREE, account, asset), 0L);
  }

  long bond(HolderKind kind, int account) {
    return balances.getOrDefault(new Holder(kind, account, Asset.COMPUTE), 0L);
  }

  Mandate mandate(long number) {
    return mandates.get((int) number - 1);
  }

  /** The newest mandates of an account, newest first. */
  List<Mandate> mandatesOf(int account) {
    return mandates.reversed().stream()
        .filter(mandate -> mandate.terms.account() == account)
        .limit(6)
        .toList();
  }

  /** How many open jobs wait for an offer. */
  int waiting() {
    return (int) openJobs.values().stream().filter(job -> job.state == JobState.WAITING).count();
  }

  private Job job(long number) {
    return jobs.get((int) number - 1);
  }

  /** Learns from an event of an entry at {@code now}. */
  void see(Event event, long now) {
    switch (event) {
      case Event.RulesActivated e -> active = true;
      case Event.AccountRegistered e -> owners.put(e.account(), e.owner());
      case Event.Posted e -> posted(e, now);
      case Event.OfferPlaced e ->
          offers.put(
              e.order(), new Offer(e.order(), e.account(), e.priceMicros(), e.quantityUnits()));
      case Event.OfferTaken e -> taken(e);
      case Event.OfferCancelled e -> offers.remove(e.order());
      case Event.JobQueued e -> add(new Job(e));
      case Event.JobSubmitted e -> {
        if (!openJobs.containsKey(e.job())) {
          add(new Job(e));
        }
        job(e.job()).provider = e.provider();
        job(e.job()).priceMicros = e.priceMicros();
      }
      case Event.JobStateChanged e -> {
        Job job = job(e.job());
        job.state = JobState.of(e.to());
        job.deadlineMs = e.deadlineMs();
      }
      case Event.JobClosed e -> openJobs.remove(e.job());
      case Event.BeaconOpened e -> {
        lastSlot = e.slot();
        beaconHead = e.head();
      }
      case Event.DrawMade e -> {
        job(e.job()).round = e.round();
        job(e.job()).judges.clear();
      }
      case Event.ValidatorDrawn e -> job(e.job()).judges.add(new Judge(e.validator()));
      case Event.VerdictSealed e -> judge(e.job(), e.validator()).sealed = true;
      case Event.VerdictOpened e -> judge(e.job(), e.validator()).opened = true;
      case Event.ResultOpened e -> job(e.job()).resultOpened = true;
      case Event.LeaseOpened e -> {}
      case Event.LockOpened e -> {
        if (e.kind() == LockKind.PROVIDER_BOND.code() || e.kind() == LockKind.DUTY_BOND.code()) {
          bondLocks.put(e.lock(), e.payer());
        }
      }
      case Event.LockReassigned e -> {}
      case Event.ResultCommitted e -> {}
      case Event.SecretRevealed e -> {}
      case Event.JobJudged e -> {}
      case Event.JobSettled e -> {}
      case Event.OutageRecorded e -> {}
      case Event.MandateGranted e -> mandates.add(new Mandate(e));
      case Event.PayeeAllowed e -> mandate(e.mandate()).payees.add(e.payee());
      case Event.MandateSpent e -> {
        mandate(e.mandate()).spentMicros = e.spentMicros();
        if (e.job() != 0) {
          job(e.job()).mandate = e.mandate();
        }
      }
      case Event.MandateRevoked e -> mandate(e.mandate()).isRevoked = true;
      case Event.OwnerNamed e -> nextOwners.put(e.account(), e.newOwner());
      case Event.OwnerChanged e -> {
        Address former = owners.put(e.account(), e.owner());
        if (former != null) {
          formerOwners.add(former);
        }
        nextOwners.remove(e.account());
      }
    }
  }

  private void add(Job job) {
    jobs.add(job);
    openJobs.put(job.number, job);
  }

  private void posted(Event.Posted e, long now) {
    Holder from = new Holder(HolderKind.of(e.fromKind()), e.fromId(), e.asset());
    Holder to = new Holder(HolderKind.of(e.toKind()), e.toId(), e.asset());
    balances.merge(from, -e.amountMicros(), Long::sum);
    balances.merge(to, e.amountMicros(), Long::sum);
    Holder lock = from.kind() == HolderKind.LOCK ? from : to;
    Integer payer = lock.kind() == HolderKind.LOCK ? bondLocks.get(lock.id()) : null;
    if (payer != null) {
      lastDuties.put(payer, now);
    }
  }

  private void taken(Event.OfferTaken e) {
    Offer offer = offers.get(e.order());
    if (offer == null || e.remainingUnits() == 0) {
      offers.remove(e.order());
    } else {
      offers.put(
          e.order(),
          new Offer(e.order(), offer.account(), offer.priceMicros(), e.remainingUnits()));
    }
  }

  private Judge judge(long job, int validator) {
    return job(job).judges.stream()
        .filter(judge -> judge.account == validator)
        .findFirst()
        .orElseThrow();
  }
}
