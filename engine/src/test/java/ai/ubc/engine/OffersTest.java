package ai.ubc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OFR: offers")
class OffersTest {
  private static final int PROVIDER = Role.PROVIDER.code();
  // S of tier none at the minimum price of 10,000.
  private static final long BOND_TO_OFFER = 1_000;

  private final Rig rig = Rig.active();

  @Test
  @DisplayName("OFR-001: placeOffer is refused in order, then rests")
  void placeOffer() {
    long priceMax = rig.parameters().priceMicrosMax();
    long unitsMax = rig.parameters().unitsMax();
    rig.refused(Refusal.INVALID_CLASS, 2, new Command.PlaceOffer(0, 0, 0));
    rig.refused(Refusal.INVALID_CLASS, 2, new Command.PlaceOffer(2, 1, 1));
    rig.refused(Refusal.INVALID_PRICE, 2, new Command.PlaceOffer(1, 0, 0));
    rig.refused(Refusal.INVALID_PRICE, 2, new Command.PlaceOffer(1, priceMax + 1, 0));
    rig.refused(Refusal.INVALID_QUANTITY, 2, new Command.PlaceOffer(1, 1, 0));
    rig.refused(Refusal.INVALID_QUANTITY, 2, new Command.PlaceOffer(1, 1, unitsMax + 1));
    rig.done(2, new Command.Bond(PROVIDER, BOND_TO_OFFER - 1));
    rig.refused(Refusal.INSUFFICIENT_BOND, 2, new Command.PlaceOffer(1, priceMax, unitsMax));
    rig.done(2, new Command.Bond(PROVIDER, 1 + BOND_TO_OFFER));
    assertThat(rig.done(2, new Command.PlaceOffer(1, priceMax, unitsMax)))
        .containsExactly(new Event.OfferPlaced(1, 2, 1, priceMax, unitsMax));
    assertThat(rig.done(2, new Command.PlaceOffer(1, 1, 1)))
        .containsExactly(new Event.OfferPlaced(2, 2, 1, 1, 1));
  }

  @Test
  @DisplayName("OFR-001: an account has at most 64 open offers")
  void anAccountHasAtMost64OpenOffers() {
    rig.done(2, new Command.Bond(PROVIDER, 66 * BOND_TO_OFFER));
    rig.done(3, new Command.Bond(PROVIDER, BOND_TO_OFFER));
    for (int i = 0; i < 64; i++) {
      rig.done(2, new Command.PlaceOffer(1, 1, 1));
    }
    rig.refused(Refusal.LIMIT_REACHED, 2, new Command.PlaceOffer(1, 1, 1));
    rig.done(3, new Command.PlaceOffer(1, 1, 1));
    rig.done(2, new Command.CancelOffer(7));
    rig.done(2, new Command.PlaceOffer(1, 1, 1));
    rig.refused(Refusal.LIMIT_REACHED, 2, new Command.PlaceOffer(1, 1, 1));
    // An offer that is used up makes room too.
    rig.done(4, offerTaker(1, 1));
    rig.done(2, new Command.PlaceOffer(1, 1, 1));
  }

  @Test
  @DisplayName("OFR-001: a full book takes no offer")
  void aFullBookTakesNoOffer() {
    Rig small = new Rig(TestParameters.with(Map.of()), new EngineLimits(100, 2, 5, 500, 10));
    small.activate();
    small.done(2, new Command.Bond(PROVIDER, 3 * BOND_TO_OFFER));
    small.done(2, new Command.PlaceOffer(1, 1, 1));
    small.done(2, new Command.PlaceOffer(1, 1, 1));
    small.refused(Refusal.LIMIT_REACHED, 2, new Command.PlaceOffer(1, 1, 1));
    small.refused(Refusal.INSUFFICIENT_BOND, 3, new Command.PlaceOffer(1, 1, 1));
  }

  @Test
  @DisplayName("OFR-002: an account cancels its own open offers")
  void cancelOffer() {
    rig.done(2, new Command.Bond(PROVIDER, BOND_TO_OFFER));
    rig.done(2, new Command.PlaceOffer(1, 5, 100));
    rig.refused(Refusal.UNKNOWN_ORDER, 2, new Command.CancelOffer(2));
    rig.refused(Refusal.UNKNOWN_ORDER, 2, new Command.CancelOffer(0));
    rig.refused(Refusal.UNKNOWN_ORDER, 3, new Command.CancelOffer(1));
    rig.done(4, offerTaker(40, 5));
    assertThat(rig.done(2, new Command.CancelOffer(1)))
        .containsExactly(new Event.OfferCancelled(1, 60));
    rig.refused(Refusal.UNKNOWN_ORDER, 2, new Command.CancelOffer(1));
  }

  @Test
  @DisplayName("OFR-003: offers are taken by price, then by number")
  void offersAreTakenByPriceThenByNumber() {
    rig.done(2, new Command.Bond(PROVIDER, 1_000_000));
    long[] prices = {7, 5, 9, 5, 7, 5};
    for (long price : prices) {
      rig.done(2, new Command.PlaceOffer(1, price, 1));
    }
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < prices.length; i++) {
      rig.done(4, offerTaker(1, 1_000));
      taken.add(rig.eventsOf(Event.OfferTaken.class).getFirst().order());
    }
    assertThat(taken).containsExactly(2L, 4L, 6L, 1L, 5L, 3L);
    rig.refused(Refusal.NO_OFFER, 4, offerTaker(1, 1_000));
  }

  private static Command.SubmitJob offerTaker(long units, long limitPrice) {
    return new Command.SubmitJob(
        JobRig.PROGRAM,
        JobRig.INPUT,
        JobRig.ROOT,
        1,
        1,
        0,
        0,
        0,
        units,
        limitPrice,
        1_000_000_000L,
        60_000,
        0);
  }
}
