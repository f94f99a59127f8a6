package ai.ubc.gateway.http;

import ai.ubc.api.AccountView;
import ai.ubc.api.MandatePage;
import ai.ubc.api.MandateView;
import ai.ubc.api.StandingView;
import ai.ubc.api.WorkView;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.database.MandateReads;
import ai.ubc.gateway.database.StandingReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and their duties. */
@RestController
class AccountController {
  private static final Pattern ADDRESS = Pattern.compile("(0x)?[0-9a-fA-F]{40}");

  private final Supplier<Cores> cores;

  AccountController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(operationId = "account", summary = "An account's balances, bonds and holds")
  @GetMapping(path = "/v1/accounts/{account}", produces = MediaType.APPLICATION_JSON_VALUE)
  AccountView account(
      @PathVariable int account,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS,
            connection -> AccountReads.account(connection, account))
        .orElseThrow(() -> Refusals.unknownAccount("the number " + account));
  }

  @Operation(operationId = "accountOfOwner", summary = "The account of an owner")
  @GetMapping(path = "/v1/accounts", produces = MediaType.APPLICATION_JSON_VALUE)
  AccountView accountOfOwner(
      @RequestParam String owner,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    String key = address("An owner", owner);
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS,
            connection -> {
              Optional<Integer> found = AccountReads.accountOf(connection, key);
              return found.isEmpty()
                  ? Optional.<AccountView>empty()
                  : AccountReads.account(connection, found.get());
            })
        .orElseThrow(() -> Refusals.unknownAccount("the owner " + key));
  }

  private static String address(String what, String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          what + " is an address, 0x and 40 hexadecimal digits; this is not one: " + text);
    }
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    return "0x" + digits.toLowerCase(Locale.ROOT);
  }

  @Operation(operationId = "mandates", summary = "What session keys may do for an account")
  @GetMapping(path = "/v1/accounts/{account}/mandates", produces = MediaType.APPLICATION_JSON_VALUE)
  MandatePage mandates(
      @PathVariable int account,
      @Parameter(description = "only those of this key") @RequestParam Optional<String> key,
      @RequestParam(defaultValue = "20") int limit,
      @Parameter(description = "from the last page") @RequestParam Optional<Long> before,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    int pageMax = cores.get().limits().jobsPageMax();
    if (limit < 1 || limit > pageMax) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST, "limit must be 1 to " + pageMax + ", not " + limit + ".");
    }
    MandateReads.Filter filter =
        new MandateReads.Filter(
            account,
            key.map(text -> address("A key", text)),
            before.orElse(Long.MAX_VALUE),
            limit + 1);
    long nowMs = cores.get().clock().nowMs();
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS,
            connection ->
                AccountReads.owner(connection, account).isEmpty()
                    ? Optional.<MandatePage>empty()
                    : Optional.of(page(MandateReads.mandates(connection, filter, nowMs), limit)))
        .orElseThrow(() -> Refusals.unknownAccount("the number " + account));
  }

  private static MandatePage page(List<MandateView> found, int limit) {
    List<MandateView> page = found.subList(0, Math.min(limit, found.size()));
    return new MandatePage(page, found.size() > limit ? page.getLast().mandate() : null);
  }

  @Operation(
      operationId = "standing",
      summary = "What a provider had on the book and behind it before an entry of the log")
  @GetMapping(path = "/v1/accounts/{account}/standing", produces = MediaType.APPLICATION_JSON_VALUE)
  StandingView standing(
      @PathVariable int account,
      @Parameter(description = "the entry; what it did itself does not count") @RequestParam
          long before,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    if (before < 1) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "before must be the position of an entry, 1 or more, not " + before + ".");
    }
    int offersMax = cores.get().limits().offersMax();
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS_AND_STANDINGS,
            connection ->
                AccountReads.owner(connection, account).isEmpty()
                    ? Optional.<StandingView>empty()
                    : Optional.of(StandingReads.standing(connection, account, before, offersMax)))
        .orElseThrow(() -> Refusals.unknownAccount("the number " + account));
  }

  @Operation(operationId = "work", summary = "What an account has to do now")
  @GetMapping(path = "/v1/accounts/{account}/work", produces = MediaType.APPLICATION_JSON_VALUE)
  WorkView work(
      @PathVariable int account,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    long nowMs = cores.get().clock().nowMs();
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS_AND_JOBS,
            connection ->
                AccountReads.owner(connection, account).isEmpty()
                    ? Optional.<WorkView>empty()
                    : Optional.of(JobReads.work(connection, account, nowMs)))
        .orElseThrow(() -> Refusals.unknownAccount("the number " + account));
  }
}
