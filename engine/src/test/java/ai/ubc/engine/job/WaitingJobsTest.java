package ai.ubc.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.ubc.codec.generated.EventRecords;
import ai.ubc.domain.GenesisParameters;
import ai.ubc.engine.ledger.Accounts;
import ai.ubc.engine.ledger.Ledger;
import ai.ubc.engine.ledger.Locks;
import ai.ubc.engine.market.OrderBook;
import ai.ubc.engine.market.SimpleOrderBook;
import org.junit.jupiter.api.Test;

class WaitingJobsTest {
  @Test
  void aHandleThatNoWaitingJobHasHaltsTheLedger() {
    EventRecords events = new EventRecords(event -> {});
    Ledger ledger = new Ledger(new Accounts(4, 1), new Locks(4), events, 1);
    OrderBook book =
        new SimpleOrderBook(
            4,
            1,
            (handle, maker, taker, price, quantity, remaining) -> {
              throw new AssertionError("waiting jobs do not trade with each other");
            });
    WaitingJobs waiting = new WaitingJobs(4, GenesisParameters.production(), ledger, book);
    JobRequest request = new JobRequest();
    request.account = 1;
    request.itemCount = 5;
    request.unitsMax = 9;
    request.limitPriceMicros = 2;
    int known = waiting.add(request, 7, 3);
    request.itemCount = 0;
    waiting.read(known, request);
    assertThat(request.itemCount).isEqualTo(5);
    for (int handle : new int[] {OrderBook.NONE, known + 1, 1_000_000}) {
      assertThatIllegalStateException().isThrownBy(() -> waiting.read(handle, request));
      assertThatIllegalStateException().isThrownBy(() -> waiting.leave(handle, 1));
    }
  }
}
