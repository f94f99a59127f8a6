package ai.ubc.gateway.http;

import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.database.MarketReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.quote.QuoteMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The book and quotes. */
@RestController
class MarketController {
  private static final String WASI = "wasi";

  private final Supplier<Cores> cores;

  MarketController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(operationId = "market", summary = "The book of a resource class")
  @GetMapping(path = "/v1/market/{resourceClass}", produces = MediaType.APPLICATION_JSON_VALUE)
  MarketView market(
      @PathVariable String resourceClass,
      @Parameter(description = "only this provider's offers") @RequestParam
          Optional<Integer> account,
      @RequestParam(defaultValue = "64") int limit,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    requireClass(resourceClass);
    int offersMax = cores.get().limits().offersMax();
    if (limit < 1 || limit > offersMax) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST, "limit must be 1 to " + offersMax + ", not " + limit + ".");
    }
    return Reads.read(
        cores.get(),
        response,
        after,
        Reads.MARKET,
        connection -> MarketReads.view(connection, WASI, account, limit));
  }

  @Operation(operationId = "quote", summary = "What a job would cost now")
  @GetMapping(path = "/v1/quote", produces = MediaType.APPLICATION_JSON_VALUE)
  Quote quote(
      @RequestParam(name = "class", defaultValue = WASI) String resourceClass,
      @Parameter(description = "none or quorum") @RequestParam(defaultValue = "none") String check,
      @RequestParam Optional<Integer> validators,
      @RequestParam Optional<Long> units,
      @RequestParam Optional<Long> budgetMicros,
      @Parameter(description = "who asks; its own offers and vote do not count") @RequestParam
          Optional<Integer> account,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    requireClass(resourceClass);
    QuoteMapper.Request request =
        new QuoteMapper.Request(check, validators, units, budgetMicros, account);
    return Reads.read(
        cores.get(),
        response,
        after,
        Reads.ACCOUNTS_AND_MARKET,
        connection ->
            cores
                .get()
                .quotes()
                .quote(
                    request,
                    MarketReads.offers(
                        connection, WASI, Optional.empty(), cores.get().limits().offersMax()),
                    AccountReads.bonds(connection, "BOND_PROVIDER"),
                    AccountReads.bonds(connection, "BOND_VALIDATOR")));
  }

  private static void requireClass(String resourceClass) {
    if (!resourceClass.equals(WASI)) {
      throw Refusals.unknownClass(resourceClass);
    }
  }
}
