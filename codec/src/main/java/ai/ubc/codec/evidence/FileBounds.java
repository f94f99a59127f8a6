package ai.ubc.codec.evidence;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
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

  private static final JsonFactory JSON = new JsonFactory();
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
        if (token.isScalarValue() || token.isStructStart()) {
          values++;
        }
        if (values > valuesMax) {
          throw new MalformedReceiptException(
              "the file has more than " + valuesMax + " values, more than a receipt");
        }
        if (token == JsonToken.START_ARRAY && LIST_OF_A_POOL.equals(parser.currentName())) {
          values += pool(parser);
        }
      }
    }
  }

  /** What a file says that it is, which may be wrong; empty when it says nothing. */
  static String format(byte[] file) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), file)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isFormat = parser.currentName().equals("format");
        JsonToken value = parser.nextToken();
        if (isFormat) {
          return value == JsonToken.VALUE_STRING ? parser.getString() : "";
        }
        parser.skipChildren();
      }
      return "";
    } catch (JacksonException e) {
      return "";
    }
  }

  // How many values are in the list that the parser has just entered; leaves it.
  private static int pool(JsonParser parser) throws MalformedReceiptException {
    int values = 0;
    int members = 0;
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return values;
      }
      if (token.isScalarValue() || token.isStructStart()) {
        values++;
        members += depth == 1 ? 1 : 0;
      }
      if (members > Pool.ELIGIBLE_MAX) {
        throw new MalformedReceiptException(
            "a pool of more than " + Pool.ELIGIBLE_MAX + " accounts is more than a receipt lists");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return values;
  }
}
