package ai.ubc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every {@code --help} can be read whole on a terminal of 80 columns. */
final class HelpTest {
  private static final int COLUMNS = 80;

  static Stream<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    add(new CommandLine(new Main()), all);
    return all.stream();
  }

  private static void add(CommandLine command, List<CommandLine> all) {
    command.setUsageHelpAutoWidth(false).setUsageHelpWidth(COLUMNS);
    all.add(command);
    command.getSubcommands().values().forEach(sub -> add(sub, all));
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(Ansi.OFF);
  }

  // Words with a space between, wherever the lines break.
  private static String words(String... lines) {
    return String.join(" ", String.join(" ", lines).replace("%n", " ").strip().split("\\s+"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsAndIsNotCut(CommandLine command) {
    assertThat(help(command).lines())
        .as(command.getCommandSpec().qualifiedName())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS))
        .noneMatch(line -> line.endsWith("…"))
        // Synopses have "..." for what may be repeated.
        .noneMatch(line -> line.endsWith("...") && !line.matches(".*[\\])A-Z]\\.\\.\\."));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysAllThatItIsToSayWithNoWordBroken(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    List<String> texts = new ArrayList<>();
    Stream.of(usage.description()).map(HelpTest::words).forEach(texts::add);
    command.getCommandSpec().args().stream()
        .filter(argument -> !argument.hidden())
        .map(ArgSpec::description)
        .map(HelpTest::words)
        .forEach(texts::add);
    usage.exitCodeList().values().stream().map(HelpTest::words).forEach(texts::add);
    assertThat(words(help(command))).as(command.getCommandSpec().qualifiedName()).contains(texts);
    assertThat(help(command).lines()).containsAll(Arrays.asList(usage.footer()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void listsItsCommandsEachWithAWholeSentence(CommandLine command) {
    String help = words(help(command));
    command
        .getSubcommands()
        .values()
        .forEach(sub -> {
          String first = sub.getCommandSpec().usageMessage().description()[0];
          assertThat(first).endsWith(".");
          assertThat(help).contains(words(first));
        });
  }
}
