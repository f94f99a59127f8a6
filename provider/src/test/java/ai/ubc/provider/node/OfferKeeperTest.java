package ai.ubc.provider.node;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.domain.Command;
import ai.ubc.domain.Refusal;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OfferKeeperTest {
  private final FakeLedger ledger = new FakeLedger();
  private boolean open = true;
  private final OfferKeeper keeper = new OfferKeeper(ledger, 100, 8_000, () -> open);

  private void tend(Duty... duties) throws Exception {
    keeper.tend(new Agenda(1, List.of(duties)));
  }

  @Test
  void theWholeCapacityIsOffered() throws Exception {
    tend();
    assertThat(ledger.given()).containsExactly(new Command.PlaceOffer(1, 100, 8_000));
  }

  @Test
  void whatIsLeasedIsNotOfferedAgain() throws Exception {
    // A lease of 1,000 units came from the offer, so nothing is missing.
    ledger.offersAre(new Ledger.Offer(1, 100, 7_000));
    tend(Jobs.duty(Duty.Action.RUN, 1, 5_000));
    assertThat(ledger.given()).isEmpty();
    // Once it is committed its units are back; less than a quarter waits for more.
    tend(Jobs.duty(Duty.Action.OPEN_RESULT, 1, 5_000));
    assertThat(ledger.given()).isEmpty();
    ledger.offersAre(new Ledger.Offer(1, 100, 6_000));
    tend();
    assertThat(ledger.given()).containsExactly(new Command.PlaceOffer(1, 100, 2_000));
  }

  @Test
  void anEmptyBookIsFilledHoweverLittleIsMissing() throws Exception {
    Duty[] leased = new Duty[7];
    for (int i = 0; i < leased.length; i++) {
      leased[i] = Jobs.duty(Duty.Action.RUN, i, 5_000);
    }
    tend(leased);
    assertThat(ledger.given()).containsExactly(new Command.PlaceOffer(1, 100, 1_000));
  }

  @Test
  void offersAtAnotherPriceAreReplaced() throws Exception {
    ledger.offersAre(new Ledger.Offer(1, 99, 8_000), new Ledger.Offer(2, 101, 10));
    tend();
    assertThat(ledger.given())
        .containsExactly(
            new Command.CancelOffer(1),
            new Command.CancelOffer(2),
            new Command.PlaceOffer(1, 100, 8_000));
  }

  @Test
  void remnantsAreSweptUp() throws Exception {
    ledger.offersAre(
        LongStream.rangeClosed(1, OfferKeeper.OFFERS_MAX)
            .mapToObj(order -> new Ledger.Offer(order, 100, order == 3 ? 1 : 1_100))
            .toArray(Ledger.Offer[]::new));
    tend();
    assertThat(ledger.given()).containsExactly(new Command.CancelOffer(3));
  }

  @Test
  void outsideItsHoursNoOfferStands() throws Exception {
    open = false;
    tend();
    assertThat(ledger.given()).isEmpty();
    ledger.offersAre(new Ledger.Offer(1, 100, 5_000), new Ledger.Offer(2, 100, 3_000));
    tend();
    assertThat(ledger.given())
        .containsExactly(new Command.CancelOffer(1), new Command.CancelOffer(2));
    open = true;
    ledger.offersAre();
    tend();
    assertThat(ledger.lastGiven()).isEqualTo(new Command.PlaceOffer(1, 100, 8_000));
  }

  @Test
  void itIsWithdrawnOnlyOnceTheAgendaHasSeenTheLastOfferGo() throws Exception {
    ledger.offersAre(new Ledger.Offer(1, 100, 8_000));
    keeper.withdraw();
    Agenda before = new Agenda(ledger.seq(), List.of());
    keeper.tend(before);
    assertThat(ledger.given()).containsExactly(new Command.CancelOffer(1));
    assertThat(keeper.isWithdrawn(before)).isFalse();
    ledger.offersAre();
    keeper.tend(before);
    // A job may have taken the offer in between; this agenda would not have it.
    assertThat(keeper.isWithdrawn(before)).isFalse();
    assertThat(keeper.isWithdrawn(new Agenda(ledger.seq(), List.of()))).isTrue();
  }

  @Test
  void anAgendaFromBeforeTheJobThatTookTheLastOfferDoesNotLetItGo() throws Exception {
    ledger.offersAre(new Ledger.Offer(1, 100, 8_000));
    keeper.withdraw();
    Agenda before = ledger.agenda(0);
    ledger.offersAre();
    ledger.agendaIs(Jobs.duty(Duty.Action.RUN, 1, 5_000));
    keeper.tend(before);
    assertThat(keeper.isWithdrawn(before)).isFalse();
    Agenda behind = ledger.agenda(0);
    ledger.agendaIs(behind.duties().toArray(Duty[]::new)); // others go on meanwhile
    keeper.tend(behind);
    assertThat(keeper.isWithdrawn(behind)).isTrue();
    // An offer whose placing was answered late is taken off too.
    ledger.offersAre(new Ledger.Offer(2, 100, 8_000));
    keeper.tend(behind);
    assertThat(keeper.isWithdrawn(behind)).isFalse();
    assertThat(ledger.given()).containsExactly(new Command.CancelOffer(2));
  }

  @Test
  void aRefusalIsTriedAgainNextTime() throws Exception {
    ledger.onGive(command -> ledger.failNext(FakeLedger.refused(Refusal.INSUFFICIENT_BOND, 50)));
    tend();
    tend();
    assertThat(ledger.given()).isEmpty();
    ledger.onGive(command -> {});
    tend();
    assertThat(ledger.given()).hasSize(1);
  }
}
