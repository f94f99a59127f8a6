package ai.ubc.gateway.http;

import ai.ubc.api.AccountView;
import ai.ubc.api.WorkView;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.database.JobReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
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
    if (!ADDRESS.matcher(owner).matches()) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "An owner is an address, 0x and 40 hexadecimal digits; this is not one: " + owner);
    }
    String digits = owner.startsWith("0x") ? owner.substring(2) : owner;
    String key = "0x" + digits.toLowerCase(Locale.ROOT);
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
