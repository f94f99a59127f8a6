package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;
import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.evidence.JobFacts.Judge;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.JobState;
import ai.ubc.domain.LockKind;
import ai.ubc.domain.rules.JobAmounts;
import ai.ubc.domain.rules.JobWindows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The beacon and the draws (VER-001 to VER-003). The seed is recomputed; whom it draws is, where
 * the receipt lists who could be drawn. One thread.
 */
final class DrawCheck {
  private final JobFacts facts;
  private final GenesisParameters parameters;
  private final Findings findings;
  private final PoolCheck pool;
  private final Map<Long, Hash32> heads = new HashMap<>();
  private final TreeSet<Long> unused = new TreeSet<>();

  DrawCheck(JobFacts facts, Findings findings, PoolCheck pool) {
    this.facts = facts;
    this.parameters = facts.parameters;
    this.findings = findings;
    this.pool = pool;
    heads.put(0L, facts.genesis.beaconHead());
  }

  /** The record in which the beacon opened a slot: before a draw of the job, or making it. */
  void beacon(RecordView view, RecordView.Beacon beacon) throws BrokenLinkException {
    long slot = beacon.slot();
    Hash32 head = beacon.nextHead().isZero() ? beacon.preimage() : beacon.nextHead();
    require(
        view.events().contains(new Event.BeaconOpened(slot, beacon.preimage(), head)),
        EvidenceLink.DRAW,
        "Record " + view.seq() + " does not open the slot that its entry opens.");
    Optional<Hash32> before = Optional.ofNullable(heads.get(slot - 1));
    if (before.isPresent()) {
      require(
          JobHashes.secretHash(beacon.preimage()).equals(before.get()),
          EvidenceLink.DRAW,
          "The preimage of beacon slot " + slot + " does not hash to the head before it.");
    }
    heads.put(slot, head);
    unused.remove(slot - 1);
    if (view.eventsOf(facts.job).isEmpty()) {
      unused.add(slot);
      return;
    }
    require(
        before.isPresent(),
        EvidenceLink.DRAW,
        "The record of beacon slot " + (slot - 1) + ", which published the head, is missing.");
    draw(view, beacon);
  }

  /** Every slot that drew nobody for the job came just before one that did. */
  void requireAllUsed() throws BrokenLinkException {
    require(
        unused.isEmpty(),
        EvidenceLink.FILE,
        "The records of beacon slots " + unused + " have nothing to do with the job.");
  }

  private void draw(RecordView view, RecordView.Beacon beacon) throws BrokenLinkException {
    require(
        facts.is(JobState.AWAITING_BEACON),
        EvidenceLink.DRAW,
        "Record " + view.seq() + " draws for a job that does not await the beacon.");
    ExpectedEvents expected = new ExpectedEvents(facts, view);
    List<Event.ValidatorDrawn> picks = expected.recorded(Event.ValidatorDrawn.class);
    if (picks.isEmpty()) {
      expected.enter(JobState.AWAITING_RESULT, parameters.openWindowMs());
      expected.compare(EvidenceLink.DRAW, EvidenceLink.DRAW);
      findings.notShown(
          EvidenceLink.DRAW,
          "The ledger says that too few validators could be drawn; a receipt can not show that.");
      return;
    }
    Event.DrawMade recorded = expected.recorded(Event.DrawMade.class, EvidenceLink.DRAW);
    int known = facts.secret.isPresent() ? 1 : 0;
    Event.DrawMade made =
        new Event.DrawMade(facts.job, facts.round, known, seed(beacon.preimage()), recorded.pool());
    require(
        made.equals(recorded),
        EvidenceLink.DRAW,
        "Record %d says %s where the rules say %s.".formatted(view.seq(), recorded, made));
    expected.add(made);
    pool.drawn(view, made, picks);
    appoint(expected, view, picks);
    long windowMs = JobWindows.sealWindowMs(parameters, facts.terms().maxUnits());
    expected.enter(JobState.SEALING, windowMs);
    expected.compare(EvidenceLink.DRAW, EvidenceLink.DRAW);
    facts.drawn = true;
    tell(view, beacon);
  }

  private void appoint(ExpectedEvents expected, RecordView view, List<Event.ValidatorDrawn> picks)
      throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    require(
        picks.size() == terms.validators(),
        EvidenceLink.DRAW,
        "Record %d draws %d validators, not %d."
            .formatted(view.seq(), picks.size(), terms.validators()));
    long duty = JobAmounts.dutyBondRoundedUp(parameters, terms.priceHeldMicros());
    for (Event.ValidatorDrawn pick : picks) {
      int validator = pick.validator();
      boolean isParty = validator == terms.requester() || validator == terms.provider();
      require(
          !isParty && facts.drawnEver.add(validator),
          EvidenceLink.DRAW,
          "Account " + validator + " is a party of the job, or was drawn for it before.");
      // All bonds together are no more than the supply, so sums of weights fit.
      require(
          pick.weightMicros() >= Math.max(duty, parameters.bondMinMicros())
              && pick.weightMicros() <= Genesis.SUPPLY_MAX_MICROS - facts.drawnMicros(),
          EvidenceLink.DRAW,
          "Account " + validator + " was drawn with a bond of " + pick.weightMicros() + ".");
      Judge judge = new Judge(validator, pick.weightMicros());
      expected.add(
          new Event.ValidatorDrawn(facts.job, facts.round, validator, pick.weightMicros()));
      judge.lock = expected.open(LockKind.DUTY_BOND, validator, HolderKind.BOND_VALIDATOR, duty);
      facts.judges.add(judge);
    }
  }

  private void tell(RecordView view, RecordView.Beacon beacon) {
    String drawn =
        facts.judges.stream()
            .map(judge -> Integer.toString(judge.account))
            .collect(Collectors.joining(", "));
    findings.shown(
        EvidenceLink.DRAW,
        ("Round %d drew the accounts %s (record %d): the seed follows from the commitment, beacon"
                + " slot %d and the requester's secret%s.")
            .formatted(
                facts.round,
                drawn,
                view.seq(),
                beacon.slot(),
                facts.secret.isPresent() ? "" : ", which was not revealed"));
  }

  private Hash32 seed(Hash32 preimage) {
    KeccakHash keccak = new KeccakHash();
    byte[] tag = "UBC.draw".getBytes(US_ASCII);
    keccak.begin().putBytes(tag, 0, tag.length);
    put(keccak, facts.genesisHash);
    keccak.putLong(facts.job).putByte(facts.round);
    put(keccak, facts.itemsRoot);
    put(keccak, facts.saltedResult);
    put(keccak, preimage);
    put(keccak, facts.secret.orElse(Hash32.ZERO));
    keccak.end();
    return keccak.digest();
  }

  private static void put(KeccakHash keccak, Hash32 hash) {
    keccak.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }
}
