package ai.ubc.engine;

import ai.ubc.domain.EventSink;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import ai.ubc.engine.admission.Admission;
import ai.ubc.engine.escrow.Escrows;
import ai.ubc.engine.escrow.Settlement;
import ai.ubc.engine.job.JobCourse;
import ai.ubc.engine.job.JobQueue;
import ai.ubc.engine.job.JobSubmission;
import ai.ubc.engine.job.Jobs;
import ai.ubc.engine.job.PartyMessages;
import ai.ubc.engine.job.Purchase;
import ai.ubc.engine.job.VerdictMessages;
import ai.ubc.engine.job.WaitingJobs;
import ai.ubc.engine.ledger.AccountCommands;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import ai.ubc.engine.mandate.MandateCommands;
import ai.ubc.engine.mandate.Mandates;
import ai.ubc.engine.mandate.OwnerCommands;
import ai.ubc.engine.market.Offers;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.market.SimpleOrderBook;
import ai.ubc.engine.snapshot.SnapshotSink;
import ai.ubc.engine.snapshot.SnapshotSource;
import ai.ubc.engine.verify.Beacon;
import ai.ubc.engine.verify.Commitments;
import ai.ubc.engine.verify.Draw;
import ai.ubc.engine.verify.Judgement;
import ai.ubc.engine.verify.Panels;

/** The parts of an engine, wired, and the order in which a snapshot holds their state. */
final class EngineParts {
  final Genesis genesis;
  final Hash32 genesisHash;
  final EventSink events;
  final Ledger ledger;
  final AccountCommands accountCommands;
  final MandateCommands mandateCommands;
  final OwnerCommands ownerCommands;
  final Offers offers;
  final Beacon beacon;
  final Jobs jobs;
  final JobCourse course;
  final JobSubmission submission;
  final JobQueue queue;
  final PartyMessages partyMessages;
  final VerdictMessages verdictMessages;
  final Admission admission;
  private final Mandates mandates;

  EngineParts(
      Genesis genesis,
      Hash32 genesisHash,
      Keccak keccak,
      EventSink events,
      EngineLimits limits,
      long indexSeed) {
    if (genesis.allocations().size() >= limits.accounts()) {
      throw new IllegalArgumentException("genesis has more accounts than the ledger holds");
    }
    this.genesis = genesis;
    this.genesisHash = genesisHash;
    this.events = events;
    GenesisParameters parameters = genesis.parameters();
    int jobsMax = limits.openJobs();
    int validatorsMax = parameters.validatorsMax();
    Accounts accounts = new Accounts(limits.accounts(), indexSeed);
    Locks locks = new Locks(jobsMax * (5 + validatorsMax));
    ledger = new Ledger(accounts, locks, events, parameters.bondMinMicros());
    offers = new Offers(parameters, accounts, book(limits.openOffers(), indexSeed), events);
    accountCommands =
        new AccountCommands(ledger, parameters.bondUnlockMs(), offers::bondBehindOffersOf);
    mandates = new Mandates(limits.mandates(), indexSeed, events);
    mandateCommands = new MandateCommands(mandates, accountCommands, ledger);
    ownerCommands = new OwnerCommands(mandates, ledger, events);
    Escrows escrows = new Escrows(jobsMax, ledger, new Settlement(parameters), events);
    int dutiesMax = jobsMax * validatorsMax * (1 + parameters.redrawsMax());
    Panels panels = new Panels(jobsMax, dutiesMax, ledger, events);
    Commitments commitments = new Commitments(keccak, genesisHash);
    beacon = new Beacon(genesis.beaconHead(), commitments, events);
    Draw draw = new Draw(panels, ledger, beacon, commitments, events);
    Judgement judgement = new Judgement(panels, parameters.agreement(), validatorsMax);
    int waitingMax = Math.max(1, jobsMax / 2);
    WaitingJobs waiting =
        new WaitingJobs(waitingMax, parameters, ledger, book(waitingMax, indexSeed));
    jobs = new Jobs(jobsMax, indexSeed, waiting, escrows, panels);
    course =
        new JobCourse(
            parameters, jobs, escrows, mandates, panels, draw, judgement, beacon, ledger, events);
    Purchase purchase =
        new Purchase(parameters, mandates, offers, escrows, panels, draw, jobs, events);
    queue = new JobQueue(parameters, ledger, mandates, offers, jobs, purchase, course, events);
    submission = new JobSubmission(parameters, accounts, mandates, jobs, purchase, queue, course);
    partyMessages =
        new PartyMessages(parameters, jobs, panels, course, commitments, ledger, events);
    verdictMessages = new VerdictMessages(jobs, panels, course, commitments);
    admission =
        new Admission(parameters, accounts, mandates, limits.rememberedCommands(), indexSeed);
  }

  // What rests on a book is matched by the engine's rules, never by the book.
  private static OrderBook book(int ordersMax, long indexSeed) {
    return new SimpleOrderBook(
        ordersMax,
        indexSeed,
        (handle, maker, taker, price, quantity, rest) -> {
          throw new IllegalStateException("order " + taker + " traded with order " + maker);
        });
  }

  void snapshotTo(SnapshotSink sink) {
    ledger.snapshotTo(sink);
    offers.snapshotTo(sink);
    beacon.snapshotTo(sink);
    jobs.snapshotTo(sink);
    mandates.snapshotTo(sink);
    admission.snapshotTo(sink);
  }

  void restoreFrom(SnapshotSource source) {
    ledger.restoreFrom(source);
    offers.restoreFrom(source);
    beacon.restoreFrom(source);
    jobs.restoreFrom(source);
    mandates.restoreFrom(source);
    admission.restoreFrom(source);
  }
}
