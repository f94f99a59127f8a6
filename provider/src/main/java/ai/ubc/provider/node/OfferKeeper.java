package ai.ubc.provider.node;

import ai.ubc.domain.Command;
import ai.ubc.domain.Genesis;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Keeps a provider's capacity on the book: what is open there and what is leased and not committed
 * yet add up to the capacity. Leases use offers up, so a new one is placed once a good part of the
 * capacity is back. One thread.
 */
final class OfferKeeper {
  /** Most own offers on the book; remnants that nobody takes are swept up above it. */
  static final int OFFERS_MAX = 8;

  /** A new offer is placed when this part of the capacity is missing. */
  static final int MISSING_PART = 4;

  /** In the place of an entry behind which no offer stands. */
  private static final long STANDING = Long.MAX_VALUE;

  private static final Logger LOG = System.getLogger(OfferKeeper.class.getPackageName());

  private final Ledger ledger;
  private final long priceMicros;
  private final long capacityUnits;
  private final BooleanSupplier isOpen;
  private long afterSeq;
  private long goneSeq = STANDING;
  private boolean withdrawn;
  private String complaint = "";

  /**
   * Offers at {@code priceMicros} micro-COMPUTE for 1,000,000 units.
   *
   * @param capacityUnits most units that are open or leased at a time
   * @param isOpen whether offers are to stand now
   */
  OfferKeeper(Ledger ledger, long priceMicros, long capacityUnits, BooleanSupplier isOpen) {
    this.ledger = ledger;
    this.priceMicros = priceMicros;
    this.capacityUnits = Math.min(capacityUnits, ledger.parameters().unitsMax());
    this.isOpen = isOpen;
  }

  /** Has no offer stand any more, from the next {@link #tend} on. */
  void withdraw() {
    withdrawn = true;
  }

  /**
   * Whether the last offer had left the book before this agenda, so that the agenda has every job
   * that they were taken for. The book is read behind the agenda: that it is empty there says
   * nothing of an older agenda, which lacks the job that took the last offer in between.
   */
  boolean isWithdrawn(Agenda agenda) {
    return agenda.seq() >= goneSeq;
  }

  /** Brings the book to what it should be, by at most a few commands. */
  void tend(Agenda agenda) throws UbcException, InterruptedException {
    Read<List<Ledger.Offer>> book = ledger.offers(Math.max(afterSeq, agenda.seq()));
    List<Ledger.Offer> offers = book.value();
    // The first such read counts: in a busy log every later one is behind its agenda too.
    goneSeq = withdrawn && offers.isEmpty() ? Math.min(goneSeq, book.seq()) : STANDING;
    if (withdrawn || !isOpen.getAsBoolean()) {
      for (Ledger.Offer offer : offers) {
        takeOff(offer.order());
      }
      return;
    }
    Optional<Ledger.Offer> superfluous = superfluous(offers);
    while (superfluous.isPresent()) {
      long order = superfluous.get().order();
      takeOff(order);
      offers = offers.stream().filter(o -> o.order() != order).toList();
      superfluous = superfluous(offers);
    }
    long taken = offers.stream().mapToLong(Ledger.Offer::remainingUnits).sum() + leased(agenda);
    long missing = capacityUnits - taken;
    if (missing > 0 && (offers.isEmpty() || missing >= capacityUnits / MISSING_PART)) {
      give(
          new Command.PlaceOffer(Genesis.CLASS_WASI, priceMicros, missing),
          "offers " + missing + " units at " + priceMicros);
    }
  }

  private void takeOff(long order) throws UbcException, InterruptedException {
    give(new Command.CancelOffer(order), "takes offer " + order + " off the book");
  }

  private static long leased(Agenda agenda) {
    return agenda.duties().stream()
        .filter(d -> d.key().action() == Duty.Action.RUN)
        .mapToLong(d -> d.terms().maxUnits())
        .sum();
  }

  // An offer at a price of another time, or the smallest of too many.
  private Optional<Ledger.Offer> superfluous(List<Ledger.Offer> offers) {
    return offers.stream()
        .filter(o -> o.priceMicros() != priceMicros)
        .findFirst()
        .or(() ->
            offers.size() < OFFERS_MAX
                ? Optional.empty()
                : offers.stream().min(Comparator.comparingLong(Ledger.Offer::remainingUnits)));
  }

  private void give(Command command, String what) throws UbcException, InterruptedException {
    String refusal = "";
    try {
      afterSeq = ledger.give(command);
      LOG.log(Level.INFO, "provider {0} {1}", Integer.toString(ledger.account()), what);
    } catch (LedgerRefused e) {
      afterSeq = Math.max(afterSeq, e.seq());
      refusal = String.valueOf(e.getMessage());
    }
    if (!refusal.isEmpty() && !refusal.equals(complaint)) {
      LOG.log(
          Level.WARNING,
          "provider {0} can not do this: {1}: {2}",
          Integer.toString(ledger.account()),
          what,
          refusal);
    }
    complaint = refusal;
  }
}
