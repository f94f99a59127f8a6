package ai.ubc.gateway.http;

import ai.ubc.api.StreamEnd;
import ai.ubc.api.StreamEntry;
import ai.ubc.api.StreamPosition;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import ai.ubc.gateway.stream.EntryStream;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The stream of entries, as server-sent events. */
@RestController
class StreamController {
  private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);

  private final Supplier<Cores> cores;
  private final JsonMapper mapper;

  StreamController(Supplier<Cores> cores, JsonMapper mapper) {
    this.cores = cores;
    this.mapper = mapper;
  }

  @Operation(operationId = "stream", summary = "What happens, as it happens")
  @ApiResponse(
      responseCode = "200",
      description =
          "Server-sent events with the position as id: position (StreamPosition), entry"
              + " (StreamEntry), and at last end (StreamEnd)",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(oneOf = {StreamPosition.class, StreamEntry.class, StreamEnd.class})))
  @GetMapping(path = "/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(
      @Parameter(description = "the first entry to deliver; the next one if left out") @RequestParam
          Optional<Long> from,
      @Parameter(description = "only what concerns this account") @RequestParam
          Optional<Integer> account,
      @Parameter(description = "the last entry that was handled; wins over from")
          @RequestHeader(name = "Last-Event-ID", required = false)
          Optional<String> lastEventId,
      HttpServletResponse response)
      throws IOException {
    OptionalLong start = start(from, lastEventId);
    try (EntryStream.Subscription subscription = cores.get().stream().open(start, account)) {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      subscription.run(new Messages(response));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("a reader of the stream went away", e);
    }
  }

  private static OptionalLong start(Optional<Long> from, Optional<String> lastEventId) {
    if (lastEventId.isEmpty()) {
      return from.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
    try {
      return OptionalLong.of(Math.addExact(Long.parseLong(lastEventId.get().strip()), 1));
    } catch (NumberFormatException | ArithmeticException e) {
      throw RequestFailure.of(
          ProblemCode.INVALID_REQUEST,
          "Last-Event-ID must be the id of a message of this stream, a position in the log, not "
              + lastEventId.get()
              + ".");
    }
  }

  /** Writes messages to a response. */
  private final class Messages implements EntryStream.Receiver {
    private final HttpServletResponse response;
    private final OutputStream out;

    Messages(HttpServletResponse response) throws IOException {
      this.response = response;
      this.out = response.getOutputStream();
    }

    @Override
    public void entry(StreamEntry entry) throws IOException {
      message("entry", entry.seq(), entry);
    }

    @Override
    public void position(StreamPosition position) throws IOException {
      message("position", position.seq(), position);
    }

    @Override
    public void end(StreamEnd end) throws IOException {
      message("end", end.seq(), end);
    }

    @Override
    public void flush() throws IOException {
      response.flushBuffer();
    }

    private void message(String event, long seq, Object data) throws IOException {
      out.write(
          ("event: "
                  + event
                  + "\nid: "
                  + seq
                  + "\ndata: "
                  + mapper.writeValueAsString(data)
                  + "\n\n")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
