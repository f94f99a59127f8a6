package ai.ubc.provider.runtime;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one order of names: that of their UTF-8 bytes, unsigned. */
public final class TextOrder {

  /**
   * Compares by code points, which is the order of the UTF-8 bytes. The order of {@link String}
   * differs from it: there U+FFFF comes after U+10000.
   */
  public static final Comparator<String> UTF8 = TextOrder::compare;

  private TextOrder() {}

  /** An unmodifiable copy of the map in this order. */
  public static <V> SortedMap<String, V> sortedCopyOf(Map<String, V> map) {
    TreeMap<String, V> sorted = new TreeMap<>(UTF8);
    sorted.putAll(map);
    return Collections.unmodifiableSortedMap(sorted);
  }

  private static int compare(String left, String right) {
    int i = 0;
    while (i < left.length() && i < right.length()) {
      int l = left.codePointAt(i);
      int r = right.codePointAt(i);
      if (l != r) {
        return Integer.compare(l, r);
      }
      i += Character.charCount(l);
    }
    return Integer.compare(left.length(), right.length());
  }
}
