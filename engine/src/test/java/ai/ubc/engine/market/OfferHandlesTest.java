package ai.ubc.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.Asset;
import ai.ubc.domain.Genesis;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.domain.Refusal;
import ai.ubc.domain.Role;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import org.junit.jupiter.api.Test;

class OfferHandlesTest {
  @Test
  void aHandleThatNoOfferHasHaltsTheLedger() {
    GenesisParameters parameters = GenesisParameters.production();
    EventRecords events = new EventRecords(event -> {});
    Accounts accounts = new Accounts(4, 1);
    Ledger ledger = new Ledger(accounts, new Locks(4), events, parameters.bondMinMicros());
    OrderBook book =
        new SimpleOrderBook(
            4,
            1,
            (handle, maker, taker, price, quantity, remaining) -> {
              throw new AssertionError("offers do not trade with each other");
            });
    Offers offers = new Offers(parameters, accounts, book, events);
    int account = ledger.openAccount(1, 1, 1);
    ledger.allocate(account, Asset.COMPUTE, parameters.bondMinMicros());
    ledger.bond(account, Role.PROVIDER, parameters.bondMinMicros());
    assertThat(offers.placeOffer(account, Genesis.CLASS_WASI, 1, 1)).isEqualTo(Refusal.DONE);
    assertThat(offers.provider(book.first(OrderBook.SELL))).isEqualTo(account);
    for (int handle : new int[] {OrderBook.NONE, book.first(OrderBook.SELL) + 1, 1_000_000}) {
      assertThatIllegalStateException().isThrownBy(() -> offers.provider(handle));
    }
  }
}
