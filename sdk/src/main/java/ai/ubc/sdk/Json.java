package ai.ubc.sdk;

import ai.ubc.api.LedgerEvent;
import ai.ubc.api.StreamEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the gateway's answers. Members and kinds of events that this version does not know are
 * passed over, so that a newer gateway can be talked to.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final Map<String, Class<? extends LedgerEvent>> EVENTS = events();

  private Json() {}

  static <T> T read(byte[] json, Class<T> type) {
    return present(MAPPER.readValue(json, type), type);
  }

  static <T> T read(String json, Class<T> type) {
    return present(MAPPER.readValue(json, type), type);
  }

  // "null" is JSON, but no value of any type.
  private static <T> T present(@Nullable T value, Class<T> type) {
    if (value == null) {
      throw MismatchedInputException.from(null, type, "null is no " + type.getSimpleName());
    }
    return value;
  }

  static StreamEntry entry(String json) {
    JsonNode tree = MAPPER.readTree(json);
    List<LedgerEvent> events = new ArrayList<>();
    for (JsonNode event : tree.path("events")) {
      Class<? extends LedgerEvent> type = EVENTS.get(event.path("type").asString(""));
      if (type != null) {
        events.add(MAPPER.treeToValue(event, type));
      }
    }
    return new StreamEntry(
        tree.path("seq").asLong(),
        tree.path("logTimeMs").asLong(),
        tree.path("command").asString(""),
        events);
  }

  private static Map<String, Class<? extends LedgerEvent>> events() {
    Map<String, Class<? extends LedgerEvent>> events = new HashMap<>();
    for (Class<?> type : LedgerEvent.class.getPermittedSubclasses()) {
      events.put(type.getSimpleName(), type.asSubclass(LedgerEvent.class));
    }
    return Map.copyOf(events);
  }
}
