package ai.ubc.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.command.ExitCode;
import ai.ubc.cli.text.Sizes;
import ai.ubc.provider.node.Unfinished;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class NodeOptionsTest {
  private static final Machine MACHINE = new Machine(4, 8L << 30);

  private static OptionalInt cpus(int number) {
    return OptionalInt.of(number);
  }

  private static OptionalLong memory(String size) {
    return OptionalLong.of(Sizes.parse(size));
  }

  private static void isRefused(OptionalInt cpus, OptionalLong memory, String why) {
    assertThatThrownBy(() -> MACHINE.workers(cpus, memory))
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void workersAreThoseThatProcessorsAndMemoryAreThereFor() throws Exception {
    assertThat(MACHINE.workers(OptionalInt.empty(), OptionalLong.empty())).isEqualTo(4);
    assertThat(MACHINE.workers(cpus(3), OptionalLong.empty())).isEqualTo(3);
    assertThat(MACHINE.workers(OptionalInt.empty(), memory("2G"))).isEqualTo(2);
    assertThat(MACHINE.workers(cpus(1), memory("8G"))).isEqualTo(1);
    assertThat(new Machine(8, 3L << 30).workers(OptionalInt.empty(), OptionalLong.empty()))
        .isEqualTo(3);
  }

  @Test
  void whatTheMachineLacksIsRefused() {
    isRefused(cpus(5), OptionalLong.empty(), "--cpus must be 1 to 4");
    isRefused(cpus(0), OptionalLong.empty(), "--cpus must be 1 to 4");
    isRefused(OptionalInt.empty(), memory("9G"), "more than the 8 GiB that this machine has");
    isRefused(OptionalInt.empty(), memory("512M"), "512 MiB is less; give more with --memory");
    isRefused(cpus(3), memory("2G"), "give fewer with --cpus or more with --memory");
  }

  private static NetworkPlan.Node plan(String... arguments) throws CommandFailure {
    ProviderCommand provider = new ProviderCommand();
    new CommandLine(provider).parseArgs(arguments);
    return provider.plan(1);
  }

  @Test
  void aPriceIsWrittenFor1GAndHeldForAMillionUnits() throws Exception {
    assertThat(plan().priceMicros()).isEqualTo(10);
    assertThat(plan("--min-price", "0.02").priceMicros()).isEqualTo(20);
    assertThatThrownBy(() -> plan("--min-price", "0.0009"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--min-price: prices of 1 G begin at 0.001");
    assertThatThrownBy(() -> plan("--min-price", "cheap"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--min-price: \"cheap\" is not an amount");
    assertThatThrownBy(() -> plan("--units", "0"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--units must be 1 or more, not 0");
  }

  @Test
  void sizesAreReadAndWrittenInPowersOfTwo() {
    assertThat(Sizes.parse("512M")).isEqualTo(512L << 20);
    assertThat(Sizes.parse("4g")).isEqualTo(4L << 30);
    assertThat(Sizes.parse("2 GiB")).isEqualTo(2L << 30);
    assertThat(Sizes.parse("1T")).isEqualTo(1L << 40);
    assertThat(Sizes.of(3L << 29)).isEqualTo("1.5 GiB");
    for (String wrong : List.of("", "4", "G", "-1G", "4K", "1.5G")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(wrong));
    }
  }

  private static boolean includes(String hours, String time) {
    return Hours.parse(hours, ZoneOffset.UTC).include(Instant.parse("2026-03-01T" + time + ":00Z"));
  }

  @Test
  void hoursEndBeforeTheirLastMinuteAndMayPassMidnight() {
    assertThat(includes("9-17", "09:00")).isTrue();
    assertThat(includes("9-17", "16:59")).isTrue();
    assertThat(includes("9-17", "17:00")).isFalse();
    assertThat(includes("9-17", "08:59")).isFalse();
    assertThat(includes("22:30-6:15", "22:29")).isFalse();
    assertThat(includes("22:30-6:15", "22:30")).isTrue();
    assertThat(includes("22:30-6:15", "00:00")).isTrue();
    assertThat(includes("22:30-6:15", "06:15")).isFalse();
    assertThat(includes("18-24", "23:59")).isTrue();
    assertThat(includes("18-24", "00:00")).isFalse();
  }

  @Test
  void hoursGoByTheZoneThatIsNamed() {
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(Hours.parse("20-22", tokyo).include(noon)).isTrue();
    assertThat(Hours.parse("20-22UTC", tokyo).include(noon)).isFalse();
    assertThat(Hours.parse("20-22", tokyo)).hasToString("20:00 to 22:00 (Asia/Tokyo)");
    assertThat(Hours.parse("20-22UTC", tokyo)).hasToString("20:00 to 22:00 (UTC)");
    for (String wrong : List.of("", "22", "7-7", "25-3", "9:60-10", "nine-five")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Hours.parse(wrong, tokyo));
    }
  }

  @Test
  void whatIsWaitedForIsSaidInWords() {
    assertThat(Leaving.waits(new Unfinished(true, List.of(), List.of())))
        .isEqualTo("its offers to leave the book");
    assertThat(Leaving.waits(new Unfinished(false, List.of(3L), List.of(1L, 2L))))
        .isEqualTo("job 3 to be done here, jobs 1, 2 to be checked and opened");
  }
}
