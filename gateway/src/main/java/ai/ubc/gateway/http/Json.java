package ai.ubc.gateway.http;

import ai.ubc.api.LedgerEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/** How the public records are written. */
final class Json {
  private Json() {}

  /** What an event's type is written as: the record's name. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  /** A mapper that leaves absent values out and gives each event its type. */
  static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addMixIn(LedgerEvent.class, Typed.class);
    for (Class<?> type : LedgerEvent.class.getPermittedSubclasses()) {
      builder.registerSubtypes(new NamedType(type, type.getSimpleName()));
    }
    return builder.build();
  }
}
