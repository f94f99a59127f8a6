package ai.ubc.provider.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One start of a program.
 *
 * @param args the program's arguments, without its own name, which is always {@code program}
 * @param env environment variables; the program sees them in the order of their names
 * @param stdin what the program reads from standard input
 */
public record Item(List<String> args, SortedMap<String, String> env, Content stdin) {

  /** The most bytes of arguments and environment together, in UTF-8. */
  public static final int STRING_BYTES_MAX = 1 << 20;

  /**
   * @throws IllegalArgumentException when a string holds a NUL or half a surrogate pair, a
   *     variable's name is empty or holds {@code =}, or the strings are longer than {@link
   *     #STRING_BYTES_MAX} together
   */
  public Item {
    args = List.copyOf(args);
    env = TextOrder.sortedCopyOf(env);
    long bytes = 0;
    for (String arg : args) {
      bytes += bytesOf(arg);
    }
    for (Map.Entry<String, String> variable : env.entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("not a variable's name: \"" + name + '"');
      }
      bytes += bytesOf(name) + bytesOf(variable.getValue());
    }
    if (bytes > STRING_BYTES_MAX) {
      throw new IllegalArgumentException(
          "arguments and environment are " + bytes + " bytes, more than " + STRING_BYTES_MAX);
    }
  }

  /** An item with these arguments, no environment and nothing on standard input. */
  public static Item of(String... args) {
    return new Item(List.of(args), new TreeMap<>(), Content.EMPTY);
  }

  private static int bytesOf(String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a string for a program has no NUL and is proper Unicode");
    }
    return text.getBytes(StandardCharsets.UTF_8).length + 1;
  }
}
