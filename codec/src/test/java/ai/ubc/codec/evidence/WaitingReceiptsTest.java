package ai.ubc.codec.evidence;

import static ai.ubc.codec.evidence.EvidenceLink.ESCROW;
import static ai.ubc.codec.evidence.EvidenceLink.FILE;
import static ai.ubc.codec.evidence.EvidenceLink.MANDATE;
import static ai.ubc.codec.evidence.EvidenceLink.OFFER;
import static ai.ubc.codec.evidence.EvidenceLink.ORDER;
import static ai.ubc.codec.evidence.EvidenceLink.SETTLEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.evidence.EvidenceReport.Conclusion;
import ai.ubc.codec.evidence.LinkFinding.Status;
import ai.ubc.domain.Cause;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A job that waited begins on an offer of others, at most at its limit price, in its time and under
 * a mandate that lives; else it costs nothing. No notary can make another story of it.
 */
final class WaitingReceiptsTest {
  private static final int REQUESTER = 2;
  private static final long LIMIT_PRICE = 900_000;
  private static final long WAIT_MS = 600_000;

  private static EvidenceReport verify(String name) {
    return ReceiptVerifier.verify(KeptReceipts.file(name), KeptReceipts.trusting(name));
  }

  private static void assertBroken(EvidenceLink link, String sentence, Forgery forged) {
    EvidenceReport report = forged.verify();
    assertThat(report.broken()).as(report.toString()).containsExactly(link);
    assertThat(report.finding(link).sentence()).contains(sentence);
  }

  @Test
  void whatBecameOfAJobThatWaitedIsSaid() {
    assertThat(verify("waited").finding(ORDER).sentence())
        .contains("got the lease (record 19), for which the job had waited since record 15");
    assertThat(verify("waited-bond").finding(ORDER).sentence())
        .contains("got the lease (record 16), for which the job had waited since record 13");
    assertThat(verify("waited-key").finding(MANDATE).sentence())
        .contains("The order counted 816000 against it");
    EvidenceReport cancelled = verify("cancelled");
    assertThat(cancelled.finding(SETTLEMENT).status()).isEqualTo(Status.SHOWN);
    assertThat(cancelled.finding(SETTLEMENT).sentence()).contains("took the job back", "nothing");
    EvidenceReport unmatched = verify("unmatched");
    assertThat(unmatched.finding(SETTLEMENT).sentence())
        .contains("waited and nobody took it", "it cost nothing");
    assertThat(unmatched.finding(OFFER).status()).isEqualTo(Status.NOT_SHOWN);
    EvidenceReport waiting = verify("waiting");
    assertThat(waiting.finding(ESCROW).sentence()).contains("Held while the job waited");
    assertThat(waiting.finding(OFFER).sentence()).isEqualTo("No offer had taken the job yet.");
  }

  private static Forgery atPrice(long priceMicros) {
    return Forgery.of("waited")
        .commands(
            Command.PlaceOffer.class,
            command ->
                command instanceof Command.PlaceOffer c
                    ? new Command.PlaceOffer(c.resourceClass(), priceMicros, c.quantityUnits())
                    : command)
        .events(event ->
            event instanceof Event.OfferPlaced e
                ? new Event.OfferPlaced(
                    e.order(), e.account(), e.resourceClass(), priceMicros, e.quantityUnits())
                : event);
  }

  @Test
  void anOfferAboveTheLimitPriceIsSeen() {
    assertBroken(ORDER, "can not carry", atPrice(LIMIT_PRICE + 1));
    // At the limit it could carry the job, but not for what the record holds.
    assertBroken(ORDER, "LeaseOpened", atPrice(LIMIT_PRICE));
  }

  @Test
  void anOfferThatIsNotInTheReceiptIsSeen() {
    assertBroken(
        OFFER,
        "is missing",
        Forgery.of("waited")
            .events(event ->
                event instanceof Event.OfferTaken e
                    ? new Event.OfferTaken(1, e.lease(), e.units(), e.remainingUnits())
                    : event));
    assertBroken(OFFER, "is missing", Forgery.of("waited-bond").without(Event.OfferPlaced.class));
  }

  @Test
  void anOfferOfTheRequesterItselfIsSeen() {
    assertBroken(
        ORDER,
        "can not carry",
        Forgery.of("waited-bond")
            .by(REQUESTER, Command.PlaceOffer.class)
            .events(event ->
                event instanceof Event.OfferPlaced e
                    ? new Event.OfferPlaced(
                        e.order(), REQUESTER, e.resourceClass(), e.priceMicros(), e.quantityUnits())
                    : event));
  }

  @Test
  void aJobIsMatchedWhileItWaitsAndNotLater() {
    LongUnaryOperator later = timeMs -> timeMs + WAIT_MS;
    assertBroken(ORDER, "not so long", Forgery.of("waited").times(Event.JobSubmitted.class, later));
    assertBroken(
        ORDER, "not so long", Forgery.of("waited-close").times(Event.JobSubmitted.class, later));
    assertBroken(ORDER, "did not wait", Forgery.of("waited-bond").without(Event.JobQueued.class));
  }

  @Test
  void aJobIsMatchedOnlyWhereAnOfferWasPlacedOrABondGrew() {
    for (String name : new String[] {"waited-close", "waited-key"}) {
      assertBroken(
          ORDER,
          "adds to no bond",
          Forgery.of(name)
              .withoutEvents(event ->
                  event instanceof Event.Posted e
                      && e.job() == 1
                      && e.toKind() == HolderKind.BOND_PROVIDER.code()));
    }
    assertBroken(
        ORDER,
        "the rules say Posted",
        Forgery.of("waited-bond")
            .withoutEvents(
                event -> event instanceof Event.Posted e && e.cause() == Cause.BOND.code()));
  }

  @Test
  void aRecordOfOthersDoesNothingElseToTheJob() {
    assertBroken(
        ORDER,
        "more to the job",
        Forgery.of("waited-close")
            .events(event ->
                event instanceof Event.Posted e && e.cause() == Cause.REFUND.code() && e.job() == 1
                    ? new Event.Posted(
                        e.asset(),
                        e.amountMicros(),
                        e.fromKind(),
                        e.fromId(),
                        e.toKind(),
                        e.toId(),
                        e.cause(),
                        2)
                    : event));
  }

  @Test
  void aRecordOfOthersThatDoesNothingToTheJobIsSeen() {
    for (String name : new String[] {"waited-close", "waited-key", "waited-bond"}) {
      EvidenceReport report =
          Forgery.of(name)
              .withoutEvents(
                  event -> event instanceof Event.JobStateChanged e && e.from() == 9 && e.to() == 1)
              .verify();
      assertThat(report.conclusion()).as(name).isEqualTo(Conclusion.BROKEN);
    }
  }

  private static Forgery mandateUntil(long expiresMs) {
    return Forgery.of("waited-key")
        .commands(
            Command.GrantMandate.class,
            command ->
                command instanceof Command.GrantMandate c
                    ? new Command.GrantMandate(c.key(), c.amountMicros(), expiresMs, c.classes())
                    : command)
        .events(event ->
            event instanceof Event.MandateGranted e
                ? new Event.MandateGranted(
                    e.mandate(),
                    e.account(),
                    e.parent(),
                    e.key(),
                    e.amountMicros(),
                    expiresMs,
                    e.classes())
                : event);
  }

  @Test
  void aJobOfASessionKeyIsMatchedWhileItsMandateLives() {
    long matchedMs =
        KeptReceipts.receipt("waited-key").records().stream()
            .map(Receipt.ProvenRecord::record)
            .filter(record -> record.seq() == 22)
            .findFirst()
            .orElseThrow()
            .logTimeMs();
    assertThat(mandateUntil(matchedMs + 1).verify().conclusion()).isEqualTo(Conclusion.VERIFIED);
    assertBroken(MANDATE, "had ended", mandateUntil(matchedMs));
  }

  @Test
  void aMandateEndsWithItsOwnerAlsoForJobsThatWait() {
    KeyPair next = KeptReceipts.key(77);
    assertBroken(
        MANDATE,
        "had ended",
        Forgery.of("waited-key")
            .insert(
                20,
                KeptReceipts.key(REQUESTER),
                REQUESTER,
                new Command.NameOwner(next.address()),
                new Event.OwnerNamed(REQUESTER, next.address()))
            .insert(
                21,
                next,
                REQUESTER,
                new Command.AcceptOwner(),
                new Event.OwnerChanged(REQUESTER, next.address())));
  }

  @Test
  void whatAMandateNoLongerCountsIsReturnedToIt() {
    assertBroken(
        MANDATE,
        "still counts",
        Forgery.of("waited-key")
            .withoutEvents(
                event -> event instanceof Event.MandateSpent e && e.changeMicros() == -102_000));
    assertBroken(
        MANDATE,
        "still counts",
        Forgery.of("cancelled")
            .withoutEvents(event -> event instanceof Event.MandateSpent e && e.changeMicros() < 0));
  }

  @Test
  void onlyItsRequesterTakesAJobBack() {
    assertBroken(ORDER, "another's", Forgery.of("cancelled").by(3, Command.CancelJob.class));
  }

  @Test
  void aSessionKeyTakesBackOnlyWhatWasOrderedUnderItsMandate() {
    assertBroken(
        ORDER,
        "another's",
        Forgery.of("cancelled")
            .commands(Command.SubmitJob.class, command -> command)
            .withoutEvents(Event.MandateSpent.class::isInstance));
  }

  @Test
  void theOwnerTakesBackWhatItsSessionKeyOrdered() {
    EvidenceReport report =
        Forgery.of("cancelled").commands(Command.CancelJob.class, command -> command).verify();
    assertThat(report.conclusion()).as(report.toString()).isEqualTo(Conclusion.VERIFIED);
  }

  @Test
  void aJobIsTakenBackInItsTimeAndUnmatchedAfterIt() {
    assertBroken(
        ORDER,
        "not so long",
        Forgery.of("cancelled").times(Event.JobClosed.class, timeMs -> timeMs + WAIT_MS));
    assertBroken(
        ORDER,
        "before its deadline",
        Forgery.of("unmatched").times(Event.JobClosed.class, timeMs -> timeMs - 1));
  }

  private static Forgery ordered(long maxCostMicros, long waitMs) {
    return Forgery.of("unmatched")
        .commands(
            Command.SubmitJob.class,
            command ->
                command instanceof Command.SubmitJob c
                    ? new Command.SubmitJob(
                        c.program(),
                        c.input(),
                        c.secretHash(),
                        c.resourceClass(),
                        c.itemCount(),
                        c.tier(),
                        c.validators(),
                        c.inputPolicy(),
                        c.maxUnits(),
                        c.limitPriceMicros(),
                        maxCostMicros,
                        c.runWindowMs(),
                        waitMs)
                    : command);
  }

  @Test
  void anOrderWaitsOnlyAsItAsksAndWithinItsCost() {
    assertThat(ordered(4_293_000, WAIT_MS).verify().conclusion()).isEqualTo(Conclusion.VERIFIED);
    assertBroken(ESCROW, "above the limit", ordered(4_292_999, WAIT_MS));
    assertBroken(ORDER, "at once", ordered(20_000_000, 0));
    assertBroken(ORDER, "JobStateChanged", ordered(20_000_000, WAIT_MS + 1));
    assertBroken(ORDER, "not one that the rules allow", ordered(20_000_000, 604_800_001));
    assertBroken(ORDER, "not one that the rules allow", ordered(20_000_000, -1));
  }

  @Test
  void allThatWasHeldReturns() {
    for (String name : new String[] {"unmatched", "cancelled", "waited"}) {
      EvidenceReport report =
          Forgery.of(name)
              .withoutEvents(event ->
                  event instanceof Event.Posted e && e.cause() == Cause.ORDER_RETURN.code())
              .verify();
      assertThat(report.conclusion()).as(name).isEqualTo(Conclusion.BROKEN);
    }
  }

  @Test
  void anOfferThatTookNobodyHasNothingToDoWithTheJob() {
    assertBroken(
        FILE,
        "have nothing to do with the job",
        Forgery.of("waited-bond").until(Event.JobQueued.class));
  }
}
