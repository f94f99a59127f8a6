package ai.ubc.gateway.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events from a bare socket, so that a test decides when bytes are taken. */
public final class SseReader implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int WAIT_MS = 30_000;

  private final Socket socket = new Socket();
  private final BufferedReader in;

  /** A message with its data as JSON. */
  public record Message(String event, long id, JsonNode data) {
    /** The types of an entry's events. */
    public List<String> types() {
      List<String> types = new ArrayList<>();
      data.get("events").forEach(event -> types.add(event.get("type").asString()));
      return types;
    }
  }

  public SseReader(String url) throws IOException {
    this(url, 0);
  }

  /** Resumes behind {@code lastEventId}; 0 for none. */
  public SseReader(String url, long lastEventId) throws IOException {
    this(url, lastEventId, 65_536);
  }

  public SseReader(String url, long lastEventId, int receiveBufferBytes) throws IOException {
    URI uri = URI.create(url);
    socket.setReceiveBufferSize(receiveBufferBytes);
    socket.setSoTimeout(WAIT_MS);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String request =
        "GET "
            + uri.getRawPath()
            + query
            + " HTTP/1.0\r\nHost: localhost\r\n"
            + (lastEventId == 0 ? "" : "Last-Event-ID: " + lastEventId + "\r\n")
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
    String status = in.readLine();
    if (status == null || !status.contains(" 200")) {
      throw new IOException("the stream answered " + status);
    }
  }

  /** The next message. */
  public Message next() throws IOException {
    String event = "";
    long id = -1;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      // The head's lines are passed over. There is no transfer encoding in HTTP/1.0.
      if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("data: ")) {
        return new Message(event, id, JSON.readTree(line.substring(6)));
      }
    }
    throw new IOException("the stream ended without a last message");
  }

  /** The next entry. */
  public Message entry() throws IOException {
    return entries(1).getFirst();
  }

  /** The next entries. */
  public List<Message> entries(int count) throws IOException {
    List<Message> entries = new ArrayList<>();
    while (entries.size() < count) {
      Message message = next();
      if (message.event().equals("entry")) {
        entries.add(message);
      }
    }
    return entries;
  }

  /** Whether the server has closed the stream. */
  public boolean isAtEnd() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("data: ")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
