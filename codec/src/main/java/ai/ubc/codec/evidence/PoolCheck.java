package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.BrokenLinkException.require;

import ai.ubc.codec.evidence.Pool.Eligible;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.rules.JobAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who could be drawn: that the list in the receipt is the one that the ledger hashed and has nobody
 * whom the rules leave out (VER-002), and that the seed draws from it who was drawn (VER-003). One
 * thread.
 */
final class PoolCheck {
  private final JobFacts facts;
  private final Findings findings;
  private final Map<Integer, Pool> pools = new TreeMap<>();
  private final TreeSet<Integer> unused = new TreeSet<>();
  private final List<String> shown = new ArrayList<>();
  private final List<Integer> missing = new ArrayList<>();

  PoolCheck(JobFacts facts, Findings findings, List<Pool> pools) {
    this.facts = facts;
    this.findings = findings;
    pools.forEach(pool -> this.pools.put(pool.round(), pool));
    unused.addAll(this.pools.keySet());
  }

  /** Compares a draw with its list; where the receipt has none, nothing can be said of it. */
  void drawn(RecordView view, Event.DrawMade made, List<Event.ValidatorDrawn> picks)
      throws BrokenLinkException {
    Optional<Pool> listed = Optional.ofNullable(pools.get(made.round()));
    if (listed.isEmpty()) {
      missing.add(made.round());
      return;
    }
    Pool pool = listed.get();
    unused.remove(made.round());
    require(
        pool.hash(facts.genesisHash, facts.job).equals(made.pool()),
        EvidenceLink.POOL,
        "Those who are listed for round %d have another hash than record %d gives."
            .formatted(made.round(), view.seq()));
    requireEligible(pool);
    requireDrawn(view, pool, made, picks);
    shown.add(
        "Round %d drew from %d accounts, with %d micro-COMPUTE bonded; their list has the hash in record %d, and the seed draws from it who was drawn, with that weight."
            .formatted(made.round(), pool.eligible().size(), pool.weightMicros(), view.seq()));
  }

  // The sum of the bonds is kept within the supply, so that no weight overflows.
  private void requireEligible(Pool pool) throws BrokenLinkException {
    Event.JobSubmitted terms = facts.terms();
    long least =
        Math.max(
            JobAmounts.dutyBondRoundedUp(facts.parameters, terms.priceHeldMicros()),
            facts.parameters.bondMinMicros());
    int last = 0;
    long weight = 0;
    for (Eligible one : pool.eligible()) {
      String name = "Account " + one.account() + " in the list of round " + pool.round();
      require(one.account() > last, EvidenceLink.POOL, name + " stands out of order.");
      require(
          one.account() != terms.requester()
              && one.account() != terms.provider()
              && !facts.drawnEver.contains(one.account()),
          EvidenceLink.POOL,
          name + " is a party of the job, or was drawn for it before.");
      require(
          one.bondMicros() >= least && one.bondMicros() <= Genesis.SUPPLY_MAX_MICROS - weight,
          EvidenceLink.POOL,
          name + " could not be drawn with a bond of " + one.bondMicros() + ".");
      last = one.account();
      weight += one.bondMicros();
    }
  }

  private void requireDrawn(
      RecordView view, Pool pool, Event.DrawMade made, List<Event.ValidatorDrawn> picks)
      throws BrokenLinkException {
    List<Eligible> recorded =
        picks.stream().map(pick -> new Eligible(pick.validator(), pick.weightMicros())).toList();
    require(
        recorded.size() <= pool.eligible().size(),
        EvidenceLink.POOL,
        "Record %d draws %d of the %d who are listed."
            .formatted(view.seq(), recorded.size(), pool.eligible().size()));
    List<Eligible> drawn = pool.drawn(made.seed(), recorded.size());
    require(
        drawn.equals(recorded),
        EvidenceLink.POOL,
        "From the list of round %d the seed draws %s, but record %d says %s."
            .formatted(pool.round(), names(drawn), view.seq(), names(recorded)));
  }

  private static String names(List<Eligible> eligible) {
    return eligible.stream()
        .map(one -> one.account() + " with " + one.bondMicros())
        .collect(Collectors.joining(", "));
  }

  /** Says what was found, when every record was gone through. */
  void tell() throws BrokenLinkException {
    require(
        unused.isEmpty(),
        EvidenceLink.FILE,
        "The lists of the rounds " + unused + " are of no draw of the job.");
    if (!missing.isEmpty()) {
      findings.notShown(
          EvidenceLink.POOL,
          "Who else could have been drawn in the rounds "
              + missing
              + ", and with what bond, is not in the receipt: a replay of the log shows it.");
    } else if (!shown.isEmpty()) {
      findings.shown(
          EvidenceLink.POOL,
          String.join(" ", shown)
              + " That the ledger left nobody out of its list, a replay of the log shows.");
    }
  }
}
