package ai.ubc.gateway.http;

import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys of sealed jobs. What passes here opens nothing for this gateway. */
@RestController
class KeyController {
  private static final String READER_KEY = "/v1/accounts/{account}/encryption-key";

  private final Supplier<Cores> cores;

  KeyController(Supplier<Cores> cores) {
    this.cores = cores;
  }

  @Operation(
      operationId = "putEncryptionKey",
      summary = "Publish the key by which an account reads sealed jobs, signed by its owner",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS),
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  @ApiResponse(responseCode = "204", description = "it is on disk", content = @Content)
  @PutMapping(path = READER_KEY, consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void publish(
      @PathVariable int account,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletRequest request)
      throws IOException {
    int sender = cores.get().rights().account(authorization);
    if (sender != account) {
      throw RequestFailure.of(
          ProblemCode.ACCESS_DENIED,
          "Account " + sender + " can not publish a key of account " + account + ".");
    }
    ReaderKey key =
        ReaderKey.read(account, bytes(request, ReaderKey.BYTES))
            .orElseThrow(() -> wrongLength("A signed key", ReaderKey.BYTES));
    cores.get().rights().requireOwners(key);
    cores.get().readerKeys().put(key);
  }

  @Operation(
      operationId = "encryptionKey",
      summary = "The key by which an account reads sealed jobs, signed by its owner")
  @ApiResponse(
      responseCode = "200",
      description = "the key and the signature's r and vs, 32 bytes each",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = READER_KEY, produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  byte[] readerKey(@PathVariable int account) throws IOException {
    return cores
        .get()
        .readerKeys()
        .get(account)
        .map(ReaderKey::bytes)
        .orElseThrow(() ->
            RequestFailure.of(
                ProblemCode.UNKNOWN_KEY,
                "Account "
                    + account
                    + " has published no encryption key, so nothing can be sealed for it."));
  }

  @Operation(
      operationId = "putJobKey",
      summary = "Leave a job's key, wrapped, for a validator that was drawn for it",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS),
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  @ApiResponse(responseCode = "204", description = "it is on disk", content = @Content)
  @PutMapping(
      path = "/v1/jobs/{job}/keys/{reader}",
      consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leave(
      @PathVariable long job,
      @PathVariable int reader,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization,
      HttpServletRequest request)
      throws IOException {
    int sender = cores.get().rights().account(authorization);
    cores.get().rights().requireKeySender(job, sender, reader);
    WrappedKey key =
        WrappedKey.of(bytes(request, WrappedKey.BYTES))
            .orElseThrow(() -> wrongLength("A wrapped key", WrappedKey.BYTES));
    cores.get().jobKeys().leave(job, sender, reader, key);
  }

  @Operation(
      operationId = "jobKeys",
      summary = "What was left of a job's key for the asking account",
      security = @SecurityRequirement(name = OpenApiDocument.ACCESS))
  @ApiResponse(
      responseCode = "200",
      description = "wrapped keys of 80 bytes, one after another; none is an empty answer",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = "/v1/jobs/{job}/keys", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  byte[] left(
      @PathVariable long job,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          Optional<String> authorization)
      throws IOException {
    int reader = cores.get().rights().account(authorization);
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    for (WrappedKey key : cores.get().jobKeys().of(job, reader)) {
      keys.writeBytes(key.bytes());
    }
    return keys.toByteArray();
  }

  // One byte more than allowed is enough to refuse.
  private static byte[] bytes(HttpServletRequest request, int most) throws IOException {
    return request.getInputStream().readNBytes(most + 1);
  }

  private static RequestFailure wrongLength(String what, int bytes) {
    return RequestFailure.of(
        ProblemCode.INVALID_REQUEST, what + " has " + bytes + " bytes; these are others.");
  }
}
