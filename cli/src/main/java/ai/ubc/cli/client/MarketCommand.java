package ai.ubc.cli.client;

import ai.ubc.api.MarketView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Amounts;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;

/** Shows the book of offers, and what waits for one. */
@Command(
    name = "market",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what providers offer, cheapest first: the order in which jobs take it; and what jobs wait for, the highest limit first: the order in which they get it.",
      "A price is of a billion (1 G) instructions."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc market", "  ubc market --json -"})
public final class MarketCommand extends ClientCommand {
  private static final int OFFERS_MAX = 256;

  @Override
  protected Answer answer() throws CommandFailure, UbcException, InterruptedException {
    try (UbcClient client = settings().connect()) {
      MarketView market = client.market(OptionalInt.empty(), OFFERS_MAX, 0).value();
      return Answer.done(Map.of("market", market), out -> show(market, out));
    }
  }

  private static void show(MarketView market, PrintWriter out) {
    if (market.offers().isEmpty()) {
      out.println("Nobody offers anything at the moment.");
    } else {
      out.println(row("provider", "price of 1 G", "left"));
    }
    for (MarketView.Offer offer : market.offers()) {
      out.println(
          row(
              Integer.toString(offer.account()),
              Amounts.unitPriceAlone(offer.priceMicros()),
              Amounts.work(offer.remainingUnits())));
    }
    if (!market.demand().isEmpty()) {
      out.println();
      out.println(row("waiting", "at most, for 1 G", "wanted"));
    }
    for (MarketView.Bid bid : market.demand()) {
      out.println(
          row(
              bid.jobs() == 1 ? "1 job" : bid.jobs() + " jobs",
              Amounts.unitPriceAlone(bid.limitPriceMicros()),
              Amounts.work(bid.units())));
    }
    Long last = market.lastPriceMicros();
    if (last != null) {
      out.println();
      out.println("the last job went at " + Amounts.unitPriceAlone(last) + " for 1 G");
    }
  }

  private static String row(String who, String price, String units) {
    return String.format(Locale.ROOT, "%-10s %22s   %s", who, price, units);
  }
}
