package ai.ubc.cli.command;

import java.util.function.Function;

/** What a person wrote on the command line. */
public final class Written {
  private Written() {}

  /**
   * Reads it in a form.
   *
   * @param where the option or parameter behind which it stands, such as {@code --budget}
   * @param form reads it, or throws {@link IllegalArgumentException} with what it expects
   * @throws CommandFailure a failure of usage, when it is not in that form
   */
  public static <T> T read(String where, String text, Function<String, T> form)
      throws CommandFailure {
    try {
      return form.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, where + ": " + e.getMessage(), e);
    }
  }
}
