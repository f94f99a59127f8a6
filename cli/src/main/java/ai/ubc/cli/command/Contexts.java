package ai.ubc.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.sdk.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The user's contexts: a file each in {@code contexts} of the user's directory, and {@code context}
 * with the name of the one in use.
 *
 * @param home the user's directory
 */
public record Contexts(Path home) {
  /** The context that {@code up} writes. */
  public static final String LOCAL = "local";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String SUFFIX = ".context";

  /**
   * The context in use; empty where none was chosen.
   *
   * @throws CommandFailure when the one that was chosen is not there, or not readable
   */
  public Optional<Context> current() throws CommandFailure {
    try {
      return Optional.of(get(Files.readString(chosen(), UTF_8).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(chosen(), e);
    }
  }

  /**
   * A context by its name.
   *
   * @throws CommandFailure when there is none
   */
  public Context get(String name) throws CommandFailure {
    requireName(name);
    Path file = file(name);
    Properties text = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      text.load(reader);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          ExitCode.FAILURE,
          "there is no context \""
              + name
              + "\". \"ubc context list\" shows those that there are; \"ubc context use "
              + name
              + " --gateway URL\" makes it.",
          e);
    } catch (IOException e) {
      throw unusable(file, e);
    }
    try {
      return new Context(
          name,
          URI.create(required(text, "gateway")),
          Path.of(required(text, "wallet")),
          required(text, "fingerprint"));
    } catch (IllegalArgumentException e) {
      throw unusable(file, e);
    }
  }

  private static String required(Properties text, String name) {
    String value = text.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("it does not say its " + name);
    }
    return value.strip();
  }

  /** All contexts, by name. */
  public List<Context> all() throws CommandFailure {
    List<String> names;
    try (Stream<Path> files = Files.list(directory())) {
      names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(SUFFIX))
              .map(file -> file.substring(0, file.length() - SUFFIX.length()))
              .sorted()
              .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable(directory(), e);
    }
    Stream.Builder<Context> found = Stream.builder();
    for (String name : names) {
      found.add(get(name));
    }
    return found.build().toList();
  }

  /** Keeps a context, in place of one of the same name. */
  public void put(Context context) throws CommandFailure {
    requireName(context.name());
    Properties text = new Properties();
    text.setProperty("gateway", context.gateway().toString());
    text.setProperty("wallet", context.wallet().toString());
    text.setProperty("fingerprint", context.fingerprint());
    StringWriter written = new StringWriter();
    try {
      text.store(written, null);
    } catch (IOException e) {
      throw unusable(file(context.name()), e);
    }
    // The library's first line is the time, which says nothing here.
    List<String> lines =
        written.toString().lines().filter(line -> !line.startsWith("#")).sorted().toList();
    write(file(context.name()), String.join("\n", lines) + "\n");
  }

  /** Has commands use this context from now on. */
  public void use(String name) throws CommandFailure {
    write(chosen(), get(name).name() + "\n");
  }

  /**
   * Keeps a context, and has commands use it if they use none. One of the same name and network
   * keeps its key file.
   */
  public void offer(Context context) throws CommandFailure {
    Path wallet =
        all().stream()
            .filter(known ->
                known.name().equals(context.name())
                    && known.fingerprint().equals(context.fingerprint()))
            .map(Context::wallet)
            .findFirst()
            .orElse(context.wallet());
    put(new Context(context.name(), context.gateway(), wallet, context.fingerprint()));
    if (!Files.exists(chosen())) {
      use(context.name());
    }
  }

  private static void write(Path file, String text) throws CommandFailure {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Draft.write(file, text.getBytes(UTF_8));
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void requireName(String name) throws CommandFailure {
    if (!NAME.matcher(name).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + name + "\" can not name a context: use letters, digits, dots and dashes");
    }
  }

  private Path directory() {
    return home.resolve("contexts");
  }

  private Path file(String name) {
    return directory().resolve(name + SUFFIX);
  }

  private Path chosen() {
    return home.resolve("context");
  }

  private static CommandFailure unusable(Path file, Exception e) {
    return new CommandFailure(ExitCode.FAILURE, file + " can not be used: " + e.getMessage(), e);
  }
}
