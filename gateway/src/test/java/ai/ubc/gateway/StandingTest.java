package ai.ubc.gateway;

import static ai.ubc.gateway.fake.TestNetwork.PROVIDER;
import static ai.ubc.gateway.fake.TestNetwork.REQUESTER;
import static ai.ubc.gateway.fake.TestNetwork.VALIDATORS;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.api.StandingView;
import ai.ubc.domain.Command;
import ai.ubc.domain.Event;
import ai.ubc.domain.HolderKind;
import ai.ubc.domain.InputPolicy;
import ai.ubc.domain.Tier;
import ai.ubc.gateway.fake.Databases;
import ai.ubc.gateway.fake.TestGateway;
import ai.ubc.gateway.fake.TestNetwork;
import ai.ubc.gateway.journal.JournalEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A provider's standing before any entry is what the events before it made it. */
@ExtendWith(Databases.class)
final class StandingTest {
  @TempDir private Path directory;
  private final TestNetwork network = new TestNetwork("standing");

  /** The same, added up from the events. */
  private static StandingView twin(List<JournalEntry> entries, int account, long before) {
    TreeMap<Long, StandingView.Offer> offers = new TreeMap<>();
    long bondMicros = 0;
    for (JournalEntry entry : entries) {
      for (Event event : entry.seq() < before ? entry.events() : List.<Event>of()) {
        if (event instanceof Event.OfferPlaced e && e.account() == account) {
          offers.put(
              e.order(),
              new StandingView.Offer(e.order(), e.priceMicros(), e.quantityUnits(), entry.seq()));
        } else if (event instanceof Event.OfferTaken e) {
          offers.computeIfPresent(
              e.order(),
              (_, o) ->
                  e.remainingUnits() == 0
                      ? null
                      : new StandingView.Offer(
                          o.order(), o.priceMicros(), e.remainingUnits(), o.placedSeq()));
        } else if (event instanceof Event.OfferCancelled e) {
          offers.remove(e.order());
        } else if (event instanceof Event.Posted e) {
          bondMicros += isBond(e.toKind(), e.toId(), account) ? e.amountMicros() : 0;
          bondMicros -= isBond(e.fromKind(), e.fromId(), account) ? e.amountMicros() : 0;
        }
      }
    }
    return new StandingView(account, before, bondMicros, List.copyOf(offers.values()));
  }

  private static boolean isBond(int kind, long id, int account) {
    return HolderKind.of(kind) == HolderKind.BOND_PROVIDER && id == account;
  }

  private void trade() {
    network.openMarket();
    int other = VALIDATORS;
    network.give(other, new Command.Bond(1, 100_000_000));
    network.give(other, new Command.PlaceOffer(1, 900_000, 1_000_000)); // the cheapest, for one job
    for (int i = 0; i < 3; i++) {
      network.give(REQUESTER, TestNetwork.job(Tier.NONE, InputPolicy.PUBLIC));
    }
    network.give(PROVIDER, network.commit(2));
    network.give(PROVIDER, new Command.PlaceOffer(1, 1_000_000, 5_000_000));
    network.give(PROVIDER, new Command.CancelOffer(1));
    network.give(PROVIDER, new Command.Bond(1, 7));
    network.ledger().pass(1_000_000); // nobody else commits; their bonds are slashed
    network.give(PROVIDER, new Command.CancelOffer(3));
  }

  @Test
  void isToldAsOfEveryEntry() {
    trade();
    try (TestGateway gateway = new TestGateway(network, directory)) {
      List<JournalEntry> entries = network.ledger().entries();
      for (int account : new int[] {PROVIDER, VALIDATORS, REQUESTER}) {
        for (long before = 1; before <= network.ledger().lastSeq() + 1; before++) {
          String path = "/v1/accounts/" + account + "/standing?before=" + before;
          assertThat(gateway.read(path, StandingView.class))
              .isEqualTo(twin(entries, account, before));
        }
      }
      assertThat(twin(entries, PROVIDER, 1 + network.ledger().lastSeq()).offers()).isEmpty();
      String path = "/v1/accounts/" + PROVIDER + "/standing";
      for (String query : new String[] {"", "?before=0", "?before=x"}) {
        assertThat(TestGateway.problem(gateway.get(path + query)).code())
            .isEqualTo("INVALID_REQUEST");
      }
      assertThat(TestGateway.problem(gateway.get("/v1/accounts/77/standing?before=1")).code())
          .isEqualTo("UNKNOWN_ACCOUNT");
    }
  }
}
