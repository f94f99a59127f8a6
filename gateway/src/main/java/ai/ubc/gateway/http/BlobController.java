package ai.ubc.gateway.http;

import ai.ubc.api.BlobStored;
import ai.ubc.api.StoreReceipt;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.blob.BlobName;
import ai.ubc.gateway.blob.BlobStore;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Bodies. */
@RestController
class BlobController {
  private static final String PATH = "/v1/blobs/{sha256}";

  private final Supplier<Cores> cores;

  BlobController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(
      operationId = "putBlob",
      summary = "Store a body; it is on disk when the answer comes",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS),
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  @ApiResponse(
      responseCode = "201",
      description = "stored",
      content = @Content(schema = @Schema(implementation = BlobStored.class)))
  @ApiResponse(
      responseCode = "200",
      description = "was there already",
      content = @Content(schema = @Schema(implementation = BlobStored.class)))
  @PutMapping(
      path = PATH,
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<BlobStored> put(
      @PathVariable String sha256,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletRequest request)
      throws IOException {
    BlobName name = BlobName.parse(sha256);
    int account = cores.get().rights().account(authorization);
    long declared = request.getContentLengthLong();
    BlobStore.Stored stored =
        cores
            .get()
            .blobs()
            .put(
                name,
                account,
                request.getInputStream(),
                declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared));
    return ResponseEntity.status(stored.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new BlobStored(name.toString(), stored.bytes()));
  }

  @Operation(
      operationId = "postBlobReceipt",
      summary = "The store's signed word that it holds a result; an opening must carry it",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS))
  @PostMapping(path = PATH + "/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
  StoreReceipt receipt(
      @PathVariable String sha256,
      @RequestParam long job,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization)
      throws InterruptedException {
    BlobName name = BlobName.parse(sha256);
    int account = cores.get().rights().account(authorization);
    Hash32 input = cores.get().rights().requireOpener(job, account);
    return NetworkMapper.receipt(cores.get().notary().receipt(account, job, name.hash(), input));
  }

  @Operation(
      operationId = "getBlob",
      summary = "Read a body",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS))
  @ApiResponse(
      responseCode = "200",
      description = "its bytes",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = PATH, produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  void get(
      @PathVariable String sha256,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletResponse response)
      throws IOException {
    BlobName name = readable(sha256, authorization);
    BlobStore.Opened body = cores.get().blobs().open(name).orElseThrow(() -> unknown(name));
    try (var content = body.content()) {
      describe(body.bytes(), name, response);
      content.transferTo(response.getOutputStream());
    }
  }

  @Operation(
      operationId = "headBlob",
      summary = "Whether a body is there, and its length",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS))
  @ApiResponse(responseCode = "200", description = "it is there", content = @Content)
  @RequestMapping(path = PATH, method = RequestMethod.HEAD)
  void head(
      @PathVariable String sha256,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletResponse response)
      throws IOException {
    BlobName name = readable(sha256, authorization);
    long bytes = cores.get().blobs().length(name).orElseThrow(() -> unknown(name));
    describe(bytes, name, response);
  }

  private BlobName readable(String sha256, Optional<String> authorization) throws IOException {
    BlobName name = BlobName.parse(sha256);
    // Before the rights, so that a missing body is not taken for a forbidden one; that a hash is
    // known says nothing about its content.
    if (cores.get().blobs().length(name).isEmpty()) {
      throw unknown(name);
    }
    cores.get().rights().requireRead(name, authorization);
    return name;
  }

  private static void describe(long bytes, BlobName name, HttpServletResponse response) {
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    response.setContentLengthLong(bytes);
    response.setHeader(HttpHeaders.ETAG, "\"" + name.hex() + "\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, immutable");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  private static RequestFailure unknown(BlobName name) {
    return RequestFailure.of(
        ProblemCode.UNKNOWN_BODY,
        "The body " + name + " is not in the store. PUT it there, or ask the gateway that has it.");
  }
}
