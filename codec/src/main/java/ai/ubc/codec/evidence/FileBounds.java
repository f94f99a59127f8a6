package ai.ubc.codec.evidence;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory.Feature;
import tools.jackson.core.json.JsonFactory;

/**
 * How much a file may hold (EVD-022), looked at in one pass that keeps nothing, before anything is
 * made of the file: who is handed a file of a stranger waits for no more than a receipt can be.
 */
final class FileBounds {
  /** The most values of JSON in the receipt of a job: objects, lists, and what stands in them. */
  static final int JOB_VALUES_MAX = 1 << 20;

  /** The most values of JSON in the receipt of a map. */
  static final int MAP_VALUES_MAX = 1 << 22;

  // A table of names would keep all that a file makes up, and there may be as many as values.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(Feature.INTERN_PROPERTY_NAMES)
          .build();
  private static final String LIST_OF_A_POOL = "eligible";

  private FileBounds() {}

  /**
   * Looks at a file.
   *
   * @param valuesMax how many values it may have
   * @throws MalformedReceiptException when it is longer, or has more values, or a longer pool
   */
  static void check(byte[] file, int valuesMax) throws MalformedReceiptException {
    if (file.length > ReceiptFile.BYTES_MAX) {
      throw new MalformedReceiptException(
          "the file has " + file.length + " bytes, more than a receipt");
    }
    int values = 0;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), file)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values = counted(values, token, valuesMax);
        if (token == JsonToken.START_ARRAY && LIST_OF_A_POOL.equals(parser.currentName())) {
          values = pool(parser, values, valuesMax);
        }
      }
    }
  }

  /**
   * What a file says that it is, which may be wrong; empty when it says nothing, or not before it
   * has more values than any receipt.
   */
  static String format(byte[] file) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), file)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      int values = 1;
      for (int depth = 1; depth > 0; ) {
        JsonToken token = parser.nextToken();
        if (depth == 1 && token == JsonToken.PROPERTY_NAME && isFormat(parser)) {
          return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
        }
        values = counted(values, token, MAP_VALUES_MAX);
        depth += depthOf(token);
      }
      return "";
    } catch (JacksonException | MalformedReceiptException e) {
      return "";
    }
  }

  private static boolean isFormat(JsonParser parser) {
    return "format".equals(parser.currentName());
  }

  // Goes through the list that the parser has just entered; how many values there are behind it.
  private static int pool(JsonParser parser, int valuesBefore, int valuesMax)
      throws MalformedReceiptException {
    int values = valuesBefore;
    int members = 0;
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      members += depth == 1 && isValue(token) ? 1 : 0;
      if (members > Pool.ELIGIBLE_MAX) {
        throw new MalformedReceiptException(
            "a pool of more than " + Pool.ELIGIBLE_MAX + " accounts is more than a receipt lists");
      }
      values = counted(values, token, valuesMax);
      depth += depthOf(token);
    }
    return values;
  }

  private static int counted(int valuesBefore, JsonToken token, int valuesMax)
      throws MalformedReceiptException {
    int values = valuesBefore + (isValue(token) ? 1 : 0);
    if (values > valuesMax) {
      throw new MalformedReceiptException(
          "the file has more than " + valuesMax + " values, more than a receipt");
    }
    return values;
  }

  private static boolean isValue(JsonToken token) {
    return token.isScalarValue() || token.isStructStart();
  }

  private static int depthOf(JsonToken token) {
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }
}
