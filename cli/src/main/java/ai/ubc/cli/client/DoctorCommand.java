package ai.ubc.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says whether commands find what they need. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Look at what commands need: Java, memory, disk, key, port, network, clock.",
      "Exit code 1 where something is not as it should be."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ubc doctor", "  ubc doctor --bundle report.txt"})
public final class DoctorCommand extends ClientCommand {
  private static final String WORD_NOT_WELL = "NOT_WELL";

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "Write the same into a file that you can show to others: without your name, your directories, your address, and no key ever.")
  private @Nullable Path bundle;

  @Override
  protected Answer answer() throws CommandFailure, InterruptedException {
    List<Diagnosis.Finding> findings = new Diagnosis(settings(), Clock.systemUTC()).findings();
    boolean isWell = findings.stream().allMatch(Diagnosis.Finding::isGood);
    String text =
        findings.stream()
            .map(f ->
                String.format(
                    Locale.ROOT, "%-4s %-8s %s%n", f.isGood() ? "ok" : "BAD", f.what(), f.found()))
            .collect(Collectors.joining());
    if (bundle != null) {
      try {
        Files.writeString(bundle, redacted(text), UTF_8);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILURE, bundle + " can not be written: " + e.getMessage(), e);
      }
    }
    return new Answer(
        isWell ? ExitCode.OK : ExitCode.CHECK_FAILED,
        isWell ? Answer.DONE : WORD_NOT_WELL,
        Map.of("findings", findings),
        out -> {
          out.print(text);
          if (bundle != null) {
            out.println("The same, without what is yours, is in " + bundle + ".");
          }
        });
  }

  // The longest first: the user's directory usually lies below the home, which has the name in it.
  private String redacted(String text) {
    return text.replaceAll("0x[0-9a-fA-F]{40}(?![0-9a-fA-F])", "ADDRESS")
        .replace(surroundings().home().toString(), "UBC_HOME")
        .replace(System.getProperty("user.home"), "HOME")
        .replaceAll("(?<=[/\\s])" + quoted(System.getProperty("user.name")) + "(?=[/\\s])", "USER")
        .replaceAll("://[^/\\s@]*@", "://");
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }
}
