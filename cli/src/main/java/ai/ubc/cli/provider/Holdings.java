package ai.ubc.cli.provider;

import ai.ubc.api.AccountView;
import ai.ubc.api.MarketView;
import ai.ubc.cli.text.Accounts;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a provider could take out.
 *
 * @param freeMicros free micro-COMPUTE
 * @param bondMicros provider bond that no job holds, micro-COMPUTE
 * @param offers its offers on the book, which bond stands behind
 */
record Holdings(long freeMicros, long bondMicros, List<Long> offers) {
  private static final int OFFERS_MAX = 64;

  /** The account of an address; empty where it has none. */
  static OptionalInt accountOf(UbcClient client, String address)
      throws UbcException, InterruptedException {
    Optional<Read<AccountView>> found = client.accountOf(address, 0);
    return found.isPresent() ? OptionalInt.of(found.get().value().account()) : OptionalInt.empty();
  }

  /** As of an entry of the log, or later. */
  static Holdings of(UbcClient client, int account, long after)
      throws UbcException, InterruptedException {
    AccountView view = client.account(account, after).map(Read::value).orElseThrow();
    List<Long> offers =
        client.market(OptionalInt.of(account), OFFERS_MAX, after).value().offers().stream()
            .map(MarketView.Offer::order)
            .toList();
    return new Holdings(Accounts.freeCompute(view), view.providerBondMicros(), offers);
  }
}
