package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.TrapKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasiRuntimeTest {

  private static final Path EXAMPLES = Path.of("../examples");
  private static final WasiRuntime RUNTIME = new WasiRuntime();

  @TempDir Path directory;

  private static RunResult run(Path program, Optional<Path> input, Item... items)
      throws ProviderFault, InterruptedException {
    return RUNTIME.run(
        new RunRequest(Content.of(program), List.of(items), input, Runs.WIDE, Runs.SEED));
  }

  private static Item probing(String... lines) {
    return new Item(
        List.of(), new TreeMap<>(), Content.of(String.join("\n", lines).getBytes(UTF_8)));
  }

  @Test
  void itemsShareNothing() throws Exception {
    // Each writes a file with the same name and grows its memory: the other must not see it.
    Item item = probing("open 4 a 5 66 0", "write 5 x", "grow 5", "list 4 4096 2", "clock 1");
    RunResult result =
        RUNTIME.run(Runs.request(Runs.resource("probe.wasm"), Runs.WIDE, item, item, item));
    assertThat(result.items().get(1)).isEqualTo(result.items().get(0));
    assertThat(result.items().get(2)).isEqualTo(result.items().get(0));
    assertThat(result.items().get(0).files()).containsOnlyKeys("a");
    long items = result.items().stream().mapToLong(ItemResult::units).sum();
    assertThat(result.units()).isEqualTo(Runs.admissionUnits(Runs.resource("probe.wasm")) + items);
  }

  @Test
  void anItemThatFailsDoesNotStopTheNext() throws Exception {
    RunResult result =
        RUNTIME.run(
            Runs.request(
                Runs.resource("probe.wasm"),
                Runs.WIDE,
                probing("touch 100000000"),
                probing("exit 3"),
                probing("yield")));
    assertThat(result.items())
        .extracting(ItemResult::outcome)
        .containsExactly(
            new Outcome.Trap(TrapKind.MEMORY_BOUNDS), new Outcome.Exit(3), new Outcome.Exit(0));
  }

  @Test
  void allItemsTogetherLeaveNoMoreThanABundleHolds() throws Exception {
    Item large = probing("open 4 a 1 64 0", "size 5 31000000");
    Limits limits = new Limits(1L << 40, 64, Limits.OUTPUT_BYTES_CEILING);
    RunResult result =
        RUNTIME.run(Runs.request(Runs.resource("probe.wasm"), limits, large, large, large));
    assertThat(result.items())
        .extracting(ItemResult::outcome)
        .containsExactly(new Outcome.Exit(0), new Outcome.Exit(0), new Outcome.OutputLimit());
  }

  @Test
  void inputThatIsNoPlainTreeIsAFault() throws Exception {
    Path input = Files.createDirectory(directory.resolve("in"));
    Files.createSymbolicLink(input.resolve("link"), directory);
    assertThatExceptionOfType(ProviderFault.class)
        .isThrownBy(() -> run(EXAMPLES.resolve("primes.wasm"), Optional.of(input), Item.of("10")))
        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(ProviderFault.Kind.INPUT));
    assertThatExceptionOfType(ProviderFault.class)
        .isThrownBy(() -> run(directory.resolve("none"), Optional.empty(), Item.of()));
    Item missing = new Item(List.of(), new TreeMap<>(), Content.of(directory.resolve("none")));
    assertThatExceptionOfType(ProviderFault.class)
        .isThrownBy(() -> run(EXAMPLES.resolve("primes.wasm"), Optional.empty(), missing));
  }

  @Test
  void aCallerThatIsInterruptedIsFreed() throws Exception {
    byte[] endless = ModuleBuilder.ofStart(0x03, 0x40, 0x0C, 0, 0x0B);
    Limits limits = new Limits(Limits.UNITS_CEILING, 1, 0);
    FutureTask<Boolean> call =
        new FutureTask<>(() -> {
          try {
            RUNTIME.run(Runs.request(endless, limits, Item.of()));
            return false;
          } catch (InterruptedException _) {
            return true;
          }
        });
    Thread caller = Thread.ofPlatform().start(call);
    caller.interrupt();
    assertThat(call.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void wordcountCountsTexts() throws Exception {
    ItemResult result =
        run(EXAMPLES.resolve("wordcount.wasm"), Optional.of(EXAMPLES.resolve("texts")), Item.of())
            .items()
            .getFirst();
    assertThat(result.outcome()).isEqualTo(new Outcome.Exit(0));
    long bytes = 0;
    try (var files = Files.list(EXAMPLES.resolve("texts"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += Files.size(file);
        String lines = String.valueOf(Files.readAllLines(file).size());
        assertThat(result.stdout().toUtf8())
            .containsPattern(
                " " + lines + " +\\d+ +" + Files.size(file) + "  " + file.getFileName());
      }
    }
    assertThat(result.stdout().toUtf8()).containsPattern(bytes + "  total\n").contains("  the\n");
  }

  @Test
  void wordcountReadsStandardInputWhenThereAreNoFiles() throws Exception {
    Item item =
        new Item(
            List.of(), new TreeMap<>(), Content.of("One two\nthree two, TWO; one".getBytes(UTF_8)));
    ItemResult result =
        run(EXAMPLES.resolve("wordcount.wasm"), Optional.empty(), item).items().getFirst();
    assertThat(result.stdout().toUtf8())
        .isEqualTo(
            """
               lines    words     bytes  file
                   1        6        27  standard input

               times  word
                   3  two
                   2  one
                   1  three
                   3  different words
            """);
  }

  @Test
  void primesAreThoseOfATable() throws Exception {
    RunResult result =
        run(
            EXAMPLES.resolve("primes.wasm"),
            Optional.empty(),
            Item.of("1"),
            Item.of("2"),
            Item.of("100"),
            Item.of("2000000"),
            Item.of("0"));
    assertThat(result.items())
        .extracting(item -> item.stdout().toUtf8())
        .containsExactly(
            "primes up to 1\ncount    0\nlargest  0\nsum      0\n",
            "primes up to 2\ncount    1\nlargest  2\nsum      2\n",
            "primes up to 100\ncount    25\nlargest  97\nsum      1060\n",
            "primes up to 2000000\ncount    148933\nlargest  1999993\nsum      142913828922\n",
            "");
    assertThat(result.items().getLast().outcome()).isEqualTo(new Outcome.Exit(2));
    assertThat(result.items().getLast().stderr().toUtf8()).isEqualTo("not a number in range: 0\n");
  }

  @Test
  void thePictureIsAPngOfItsSize() throws Exception {
    ItemResult result =
        run(EXAMPLES.resolve("picture.wasm"), Optional.empty(), Item.of("150")).items().getFirst();
    assertThat(result.stdout().toUtf8()).isEqualTo("picture.png: 150 x 100 pixels\n");
    BufferedImage image = read(Objects.requireNonNull(result.files().get("picture.png")));
    assertThat(image.getWidth()).isEqualTo(150);
    assertThat(image.getHeight()).isEqualTo(100);
    // Inside the set it is black, at the corner blue.
    assertThat(image.getRGB(100, 50)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(0, 0) & 0xFF).isGreaterThan(90);
  }

  private static BufferedImage read(Bytes png) throws IOException {
    return ImageIO.read(png.openStream());
  }
}
