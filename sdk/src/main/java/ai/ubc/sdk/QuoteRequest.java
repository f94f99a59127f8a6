package ai.ubc.sdk;

import ai.ubc.domain.Tier;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a quote is asked for: units, a budget, or both.
 *
 * @param tier how much is checked
 * @param validators validators to draw; 0 without a check
 * @param units units to buy; absent: as many as the budget surely pays for
 * @param budgetMicros the most to spend, micro-COMPUTE
 * @param account who asks; its own offers and vote are left out
 */
public record QuoteRequest(
    Tier tier, int validators, OptionalLong units, OptionalLong budgetMicros, OptionalInt account) {

  /** Refuses a request for nothing. */
  public QuoteRequest {
    if (units.isEmpty() && budgetMicros.isEmpty()) {
      throw new IllegalArgumentException("a quote is for units, a budget, or both");
    }
  }

  String query() {
    StringBuilder query = new StringBuilder("check=");
    query.append(tier.name().toLowerCase(Locale.ROOT)).append("&validators=").append(validators);
    units.ifPresent(u -> query.append("&units=").append(u));
    budgetMicros.ifPresent(b -> query.append("&budgetMicros=").append(b));
    account.ifPresent(a -> query.append("&account=").append(a));
    return query.toString();
  }
}
