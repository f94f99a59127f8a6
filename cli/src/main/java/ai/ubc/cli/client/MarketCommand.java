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

/** Shows the book of offers. */
@Command(
    name = "market",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what providers offer, cheapest first: the order in which jobs take it.",
      "A price is of a billion (1 G) instructions."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc market", "  ubc market --json -"})
public final class MarketCommand extends ClientCommand {
  private static final int OFFERS_MAX = 256;
  private static final long G = 1_000_000_000L;

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
      return;
    }
    out.println(String.format(Locale.ROOT, "%-10s %22s   %s", "provider", "price of 1 G", "left"));
    for (MarketView.Offer offer : market.offers()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-10d %22s   %s",
              offer.account(),
              Amounts.compute(offer.priceMicros() * (G / 1_000_000)),
              Amounts.work(offer.remainingUnits())));
    }
  }
}
