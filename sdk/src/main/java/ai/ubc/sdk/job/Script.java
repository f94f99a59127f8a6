package ai.ubc.sdk.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A JavaScript file as a job: the program is an interpreter that all scripts share, and the script
 * the first of its arguments. What a script finds there is in {@code docs/reference/javascript.md}.
 */
public final class Script {

  /** The most bytes of a script in UTF-8; it travels with the arguments, which have 1 MiB. */
  public static final int BYTES_MAX = 1_000_000;

  private static final String INTERPRETER = "javascript.wasm";
  private static final List<String> SUFFIXES = List.of(".js", ".mjs", ".cjs");

  private Script() {}

  /** Whether the file is a script, by its name. */
  public static boolean isScript(Path file) {
    String name = String.valueOf(file.getFileName());
    return SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** The interpreter's module. */
  public static byte[] interpreter() {
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the interpreter of scripts can not be read", e);
    }
  }

  /**
   * Puts the interpreter's module into a file, in place of what is there.
   *
   * @throws IOException when the file can not be written
   */
  public static Path interpreterIn(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(INTERPRETER);
    Path part = Files.createTempFile(directory, INTERPRETER, ".part");
    try (InputStream in = open()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      // Another command may be reading the file that is there: it is replaced, never changed.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  /**
   * The interpreter's arguments.
   *
   * @param file the script, UTF-8 text
   * @param args what the script sees as {@code process.argv} from the third on
   * @throws IOException when the file can not be read, is too long, or is no text
   */
  public static List<String> arguments(Path file, List<String> args) throws IOException {
    long size = Files.size(file);
    if (size > BYTES_MAX) {
      throw new IOException(
          file + " has " + size + " bytes, more than the " + BYTES_MAX + " of a script");
    }
    List<String> all = new ArrayList<>();
    all.add(textOf(file));
    all.add(String.valueOf(file.getFileName()));
    all.addAll(args);
    return List.copyOf(all);
  }

  private static String textOf(Path file) throws IOException {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not text in UTF-8", e);
    }
    if (text.indexOf('\0') >= 0) {
      throw new IOException(file + " has a NUL, which no script has");
    }
    return text;
  }

  private static InputStream open() {
    return Objects.requireNonNull(Script.class.getResourceAsStream(INTERPRETER));
  }
}
