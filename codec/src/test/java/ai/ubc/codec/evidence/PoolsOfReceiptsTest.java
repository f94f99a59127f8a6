package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.codec.evidence.Pool.Eligible;
import ai.ubc.codec.genesis.GenesisFile;
import ai.ubc.domain.Event;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receipt's lists of those who could be drawn show, and which changes of them are seen. */
final class PoolsOfReceiptsTest {
  private static final String NAME = "redrawn";
  private static final int REQUESTER = 2;
  private static final int PROVIDER = 3;

  private final Receipt kept = KeptReceipts.receipt(NAME);
  private final Hash32 genesis = GenesisFile.hash(kept.genesis());
  private final List<Eligible> first = kept.pools().getFirst().eligible();

  private static EvidenceReport verify(List<Pool> pools) {
    return Forgery.of(NAME).pools(pools).verify();
  }

  private List<Pool> withFirst(List<Eligible> eligible) {
    return List.of(new Pool(0, eligible), kept.pools().getLast());
  }

  // The notary hashes what it lists.
  private EvidenceReport verifyHashed(List<Eligible> eligible) {
    Pool pool = new Pool(0, eligible);
    return Forgery.of(NAME)
        .pools(withFirst(eligible))
        .events(event ->
            event instanceof Event.DrawMade made && made.round() == 0
                ? new Event.DrawMade(
                    made.job(), 0, made.secretKnown(), made.seed(), pool.hash(genesis, made.job()))
                : event)
        .verify();
  }

  private List<Eligible> with(int index, Eligible other) {
    List<Eligible> changed = new ArrayList<>(first);
    changed.set(index, other);
    return changed;
  }

  @Test
  void theListsOfAllRoundsAreShownAndWhatTheyDoNotShowIsSaid() {
    EvidenceReport report = verify(kept.pools());
    assertThat(report.conclusion()).isEqualTo(Conclusion.VERIFIED);
    assertThat(report.finding(EvidenceLink.POOL).status()).isEqualTo(Status.SHOWN);
    assertThat(report.finding(EvidenceLink.POOL).sentence())
        .contains("Round 0 drew from 9 accounts", "Round 1 drew from 6 accounts")
        .contains("a replay of the log");
  }

  @Test
  void aListThatIsLeftOutIsNotShownAndTheRestHolds() {
    for (List<Pool> pools :
        List.of(List.<Pool>of(), kept.pools().subList(0, 1), kept.pools().subList(1, 2))) {
      EvidenceReport report = verify(pools);
      assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
      assertThat(report.finding(EvidenceLink.POOL).status()).isEqualTo(Status.NOT_SHOWN);
      assertThat(report.finding(EvidenceLink.POOL).sentence()).contains("is not in the receipt");
    }
  }

  @Test
  void aListOfAnotherHashIsBroken() {
    List<Eligible> more = new ArrayList<>(first);
    more.add(new Eligible(99, first.getFirst().bondMicros()));
    List<Eligible> swapped = new ArrayList<>(first);
    Collections.swap(swapped, 0, 1);
    for (List<Eligible> other :
        List.of(
            first.subList(1, first.size()),
            with(0, new Eligible(first.getFirst().account(), 1)),
            more,
            swapped,
            List.<Eligible>of())) {
      assertThat(verify(withFirst(other)).broken())
          .as("%s", other)
          .containsExactly(EvidenceLink.POOL);
    }
  }

  @Test
  void aListWithWhomTheRulesLeaveOutIsBrokenEvenWhenItsHashIsLogged() {
    Eligible last = first.getLast();
    List<Eligible> swapped = new ArrayList<>(first);
    Collections.swap(swapped, 0, 1);
    List<Eligible> party = new ArrayList<>(first);
    party.addFirst(new Eligible(PROVIDER, last.bondMicros()));
    List<Eligible> parties = new ArrayList<>(first);
    parties.addFirst(new Eligible(REQUESTER, last.bondMicros()));
    List<Eligible> twice = new ArrayList<>(first);
    twice.add(last);
    long least = kept.genesis().parameters().bondMinMicros();
    for (List<Eligible> other :
        List.of(
            swapped,
            party,
            parties,
            twice,
            with(first.size() - 1, new Eligible(last.account(), least - 1)),
            with(first.size() - 1, new Eligible(last.account(), Genesis.SUPPLY_MAX_MICROS)),
            with(first.size() - 1, new Eligible(last.account(), -1)),
            with(0, new Eligible(0, last.bondMicros())),
            first.subList(0, 2))) {
      assertThat(verifyHashed(other).broken()).as("%s", other).containsExactly(EvidenceLink.POOL);
    }
  }

  @Test
  void whoWasDrawnBeforeIsNotOnALaterList() {
    EvidenceReport report =
        Forgery.of(NAME)
            .pools(List.of(new Pool(0, first), new Pool(1, first)))
            .events(event ->
                event instanceof Event.DrawMade made && made.round() == 1
                    ? new Event.DrawMade(
                        made.job(),
                        1,
                        made.secretKnown(),
                        made.seed(),
                        new Pool(1, first).hash(genesis, made.job()))
                    : event)
            .verify();
    assertThat(report.broken()).containsExactly(EvidenceLink.POOL);
    assertThat(report.finding(EvidenceLink.POOL).sentence()).contains("was drawn for it before");
  }

  // A heavier bond in front of all others moves what the seed hits.
  @Test
  void whoIsDrawnFollowsFromTheList() {
    Eligible heavy = new Eligible(first.getFirst().account(), 1L << 60);
    EvidenceReport report = verifyHashed(with(0, heavy));
    assertThat(report.broken()).containsExactly(EvidenceLink.POOL);
    assertThat(report.finding(EvidenceLink.POOL).sentence()).contains("the seed draws");
  }

  @Test
  void theWeightOfWhoIsDrawnIsTheBondInTheList() {
    EvidenceReport report =
        Forgery.of(NAME)
            .events(event ->
                event instanceof Event.ValidatorDrawn drawn && drawn.round() == 0
                    ? new Event.ValidatorDrawn(
                        drawn.job(), 0, drawn.validator(), drawn.weightMicros() + 1)
                    : event)
            .verify();
    assertThat(report.broken()).containsExactly(EvidenceLink.POOL);
  }

  @Test
  void aListOfNoDrawHasNothingToDoWithTheJob() {
    List<Pool> more = new ArrayList<>(kept.pools());
    more.add(new Pool(2, first));
    assertThat(verify(more).broken()).containsExactly(EvidenceLink.FILE);
    EvidenceReport report = Forgery.of("unchecked").pools(List.of(new Pool(0, List.of()))).verify();
    assertThat(report.broken()).containsExactly(EvidenceLink.FILE);
  }

  @Test
  void roundsStandInOrder() {
    assertThat(verify(kept.pools().reversed()).broken()).containsExactly(EvidenceLink.FILE);
    assertThat(verify(List.of(kept.pools().getFirst(), kept.pools().getFirst())).broken())
        .containsExactly(EvidenceLink.FILE);
    assertThat(verify(List.of(new Pool(-1, first))).broken()).containsExactly(EvidenceLink.FILE);
  }

  private static List<Eligible> many(int count) {
    List<Eligible> many = new ArrayList<>();
    for (int account = 1; account <= count; account++) {
      many.add(new Eligible(account, 1));
    }
    return many;
  }

  @Test
  void aFileListsAtMostSixteenThousandForARound() {
    String text =
        new String(
            ReceiptFile.write(
                new Receipt(
                    kept.job(),
                    kept.genesis(),
                    kept.logRoot(),
                    kept.signature(),
                    kept.records(),
                    withFirst(many(Pool.ELIGIBLE_MAX)))),
            UTF_8);
    assertThat(Pool.ELIGIBLE_MAX).isEqualTo(16_384);
    assertThat(text.length()).isLessThan(ReceiptFile.BYTES_MAX / 32);
    EvidenceReport most = verify(withFirst(many(Pool.ELIGIBLE_MAX)));
    assertThat(most.broken()).containsExactly(EvidenceLink.POOL);
    EvidenceReport more = verify(withFirst(many(Pool.ELIGIBLE_MAX + 1)));
    assertThat(more.broken()).containsExactly(EvidenceLink.FILE);
    assertThat(more.finding(EvidenceLink.FILE).sentence())
        .contains("a pool of more than 16384 accounts");
  }
}
