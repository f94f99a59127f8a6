package ai.ubc.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.api.LogConsistencyView;
import ai.ubc.api.LogRootView;
import ai.ubc.gateway.blob.BlobRights;
import ai.ubc.gateway.database.Database;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be checked without this gateway. */
@RestController
class EvidenceController {
  private final Supplier<Cores> cores;

  EvidenceController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(operationId = "logRoot", summary = "The root of the log's tree, signed by the notary")
  @GetMapping(path = "/v1/log/root", produces = MediaType.APPLICATION_JSON_VALUE)
  LogRootView root(@RequestParam(defaultValue = "0") long after, HttpServletResponse response) {
    LogRootView view = NetworkMapper.logRoot(cores.get().receipts(), after);
    response.setHeader(Reads.SEQ_HEADER, Long.toString(view.size()));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return view;
  }

  @Operation(
      operationId = "logConsistency",
      summary = "The proof that the log of one size begins with that of a smaller one")
  @GetMapping(path = "/v1/log/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
  LogConsistencyView consistency(@RequestParam long first, @RequestParam long second) {
    return NetworkMapper.logConsistency(cores.get().receipts(), first, second);
  }

  @Operation(
      operationId = "receipt",
      summary = "The evidence for a job, to be verified offline",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS))
  @GetMapping(path = "/v1/jobs/{job}/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
  String receipt(
      @PathVariable long job,
      @RequestParam(defaultValue = "0") long after,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletResponse response) {
    BlobRights rights = cores.get().rights();
    rights.requireConcerned(job, authorization, after);
    Database.Read<Optional<byte[]>> read = cores.get().receipts().receipt(job, after);
    // Of a job that was not known above, this is what it is now.
    rights.requireConcerned(job, authorization, read.seq());
    response.setHeader(Reads.SEQ_HEADER, Long.toString(read.seq()));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return read.value()
        .map(file -> new String(file, UTF_8))
        .orElseThrow(() -> Refusals.unknownJob(job));
  }
}
