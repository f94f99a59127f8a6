package ai.ubc.gateway.http;

import ai.ubc.api.CommandDone;
import ai.ubc.api.CommandOutcome;
import ai.ubc.gateway.database.AccountReads;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Commands. */
@RestController
class CommandController {
  private static final Pattern HASH = Pattern.compile("(0x)?[0-9a-fA-F]{64}");

  private final Supplier<Cores> cores;

  CommandController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(
      operationId = "giveCommand",
      summary = "Give a command and wait until the ledger has answered",
      requestBody =
          @RequestBody(
              required = true,
              description = "SBE header, block and signature",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  @PostMapping(
      path = "/v1/commands",
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  CommandDone give(HttpServletRequest request) throws IOException {
    int max = cores.get().limits().commandBytesMax();
    byte[] sent = request.getInputStream().readNBytes(max + 1);
    if (sent.length > max) {
      throw RequestFailure.of(
          ProblemCode.TOO_LARGE, "A command has at most " + max + " bytes; nothing was logged.");
    }
    try {
      return new CommandDone(cores.get().admission().give(sent));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestFailure.of(
          ProblemCode.UNKNOWN_OUTCOME,
          "The gateway is closing. Send the same bytes again: a repeated command is answered with"
              + " its first outcome.");
    }
  }

  @Operation(operationId = "commandOutcome", summary = "What became of a command")
  @GetMapping(path = "/v1/commands/{hash}", produces = MediaType.APPLICATION_JSON_VALUE)
  CommandOutcome outcome(
      @PathVariable String hash,
      @RequestParam(defaultValue = "0") long after,
      HttpServletResponse response) {
    if (!HASH.matcher(hash).matches()) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "A command is known by its Keccak-256, 64 hexadecimal digits; this is not one: " + hash);
    }
    String digits = hash.startsWith("0x") ? hash.substring(2) : hash;
    String key = "0x" + digits.toLowerCase(Locale.ROOT);
    return Reads.read(
            cores.get(),
            response,
            after,
            Reads.ACCOUNTS,
            connection -> AccountReads.command(connection, key))
        .map(NetworkMapper::outcome)
        .orElseThrow(() ->
            RequestFailure.of(
                ProblemCode.UNKNOWN_COMMAND,
                "No command with the hash "
                    + key
                    + " stands in the log as far as this gateway has read it."));
  }
}
