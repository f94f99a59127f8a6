package ai.ubc.provider.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Mark;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Programs whose results are compared between ways of running them, and a program that prints the
 * results: a line for each of {@code name units digest}. Its arguments: {@code COMPILED} or {@code
 * INTERPRETED}, the directory of the example programs, and the first and the last seed of generated
 * modules.
 */
final class DeterminismCorpus {

  private static final long GENERATED_UNITS = 300_000;

  private DeterminismCorpus() {}

  /** Prints the results of the whole corpus. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, UTF_8);
    Path examples = Path.of(args[1]);
    lines(Execution.valueOf(args[0]), examples, Long.parseLong(args[2]), Long.parseLong(args[3]))
        .forEach(out::println);
    out.flush();
  }

  /** The results of the programs, and of the modules of the seeds {@code first} to {@code last}. */
  static List<String> lines(Execution execution, Path examples, long first, long last) {
    List<String> lines = new ArrayList<>();
    programs(examples).forEach((name, request) -> lines.add(line(name, execution, request)));
    for (long seed = first; seed <= last; seed++) {
      lines.add(line("seed " + seed, execution, generated(seed)));
    }
    return lines;
  }

  /** The example programs and those of the tests, each small enough for an interpreter. */
  static SortedMap<String, RunRequest> programs(Path examples) {
    SortedMap<String, RunRequest> corpus = new TreeMap<>();
    Content stdin = Content.of("One two\nthree two, TWO; one".getBytes(UTF_8));
    Item words = new Item(List.of(), new TreeMap<>(), stdin);
    corpus.put("wordcount", request(examples.resolve("wordcount.wasm"), words));
    corpus.put("primes", request(examples.resolve("primes.wasm"), Item.of("40000"), Item.of("0")));
    corpus.put("picture", request(examples.resolve("picture.wasm"), Item.of("24")));
    corpus.put("compute", request(Runs.resource("compute.wasm"), Item.of()));
    Content calls =
        Content.of("open 4 a 5 66 0\nwrite 5 x\ngrow 5\nlist 4 4096 2\nrandom 40".getBytes(UTF_8));
    Item probe = new Item(List.of("a"), new TreeMap<>(Map.of("B", "2")), calls);
    corpus.put("probe", request(Runs.resource("probe.wasm"), probe, probe));
    return corpus;
  }

  /** A generated module and the limits that it runs under. */
  static RunRequest generated(long seed) {
    byte[] module = ModuleGenerator.module(seed);
    return Runs.request(module, Runs.unitsForItems(module, GENERATED_UNITS), Item.of("x"))
        .withMarks();
  }

  private static RunRequest request(Path program, Item... items) {
    return new RunRequest(
            Content.of(program), List.of(items), Optional.empty(), Runs.WIDE, Runs.SEED)
        .withMarks();
  }

  private static RunRequest request(byte[] module, Item... items) {
    return Runs.request(module, Runs.WIDE, items).withMarks();
  }

  private static String line(String name, Execution execution, RunRequest request) {
    RunResult result = Runs.run(execution, request);
    Outcome outcome = result.items().getFirst().outcome();
    return name + ": " + result.units() + " units, " + outcome + ", " + digest(result);
  }

  /** Over everything that two runs have to agree on. */
  static String digest(RunResult result) {
    MessageDigest digest = sha256();
    for (ItemResult item : result.items()) {
      put(digest, item.outcome().toString().getBytes(UTF_8));
      put(digest, ByteBuffer.allocate(8).putLong(item.units()).array());
      put(digest, item.stdout().toArray());
      put(digest, item.stderr().toArray());
      for (Map.Entry<String, Bytes> file : item.files().entrySet()) {
        put(digest, file.getKey().getBytes(UTF_8));
        put(digest, file.getValue().toArray());
      }
      for (Mark mark : item.marks()) {
        put(digest, ByteBuffer.allocate(8).putLong(mark.units()).array());
        put(digest, mark.digest().toArray());
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void put(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
