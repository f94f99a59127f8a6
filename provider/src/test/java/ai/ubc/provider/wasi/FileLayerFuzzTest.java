package ai.ubc.provider.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.wasi.FileNode.Directory;
import ai.ubc.provider.wasi.FileNode.InputFile;
import ai.ubc.provider.wasi.FileNode.OutputFile;
import ai.ubc.provider.wasi.SystemCall.Guest;
import ai.ubc.provider.wasi.WasiProgram.Execution;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import run.endive.runtime.Instance;

/**
 * Any sequence of calls on paths leaves the input as it was and the output a tree of its own: no
 * path leaves its directory, and no two names lead to one another's.
 */
class FileLayerFuzzTest {

  private static final int FIRST = 0;
  private static final int SECOND = 16_384;
  private static final int RESULT = 32_768;
  private static final int CALLS_MAX = 64;
  private static final int OUTPUT_BYTES_MAX = 1 << 20;

  private static final Map<String, SystemCalls.Entry> CALLS = new LinkedHashMap<>();

  static {
    PathCalls.addTo(CALLS);
    DescriptorCalls.addTo(CALLS);
  }

  private static final Instance INSTANCE;
  private static final MeterIndices METER;

  static {
    try {
      WasiProgram program = Runs.admit(ModuleBuilder.ofStart(), Execution.INTERPRETED);
      INSTANCE = program.instantiate(new SystemCalls.Binding(), 1);
      METER = program.meterIndices();
    } catch (InvalidProgram e) {
      throw new AssertionError(e);
    }
  }

  private static Directory input() {
    Directory root = new Directory(1, false);
    Directory below = new Directory(2, false);
    root.children().put("a", below);
    below.children().put("f", new InputFile(3, Content.of(new byte[] {1, 2, 3}), 3));
    root.children().put("g", new InputFile(4, Content.EMPTY, 0));
    return root;
  }

  @FuzzTest(maxDuration = "5m")
  void noSequenceOfCallsLeavesItsDirectory(FuzzedDataProvider data) {
    Directory input = input();
    Item item = new Item(List.of(), new TreeMap<>(), Content.of(new byte[] {7}));
    try (ItemContext context =
        new ItemContext(item, input, new SeededRandom(Runs.SEED, 0), OUTPUT_BYTES_MAX)) {
      Guest guest =
          new Guest(
              context,
              new GuestMemory(INSTANCE.memory()),
              new UnitMeter(INSTANCE, METER, 1L << 40));
      for (int i = 0; i < CALLS_MAX && data.remainingBytes() > 0; i++) {
        try {
          call(guest, data);
        } catch (ProgramEnded _) {
          break;
        }
      }
      assertThat(input).isEqualTo(input());
      Set<Long> seen = new HashSet<>();
      assertTree(context.outputDirectory(), seen);
    }
  }

  private static void call(Guest guest, FuzzedDataProvider data) {
    String name = data.pickValue(CALLS.keySet().toArray(new String[0]));
    SystemCalls.Entry entry = Objects.requireNonNull(CALLS.get(name));
    String signature = entry.signature();
    long[] args = new long[signature.indexOf(':')];
    for (int i = 0; i < args.length; i++) {
      args[i] = data.consumeInt(0, 9);
      if (signature.charAt(i) == 'I') {
        args[i] = data.consumeBoolean() ? -1 : data.consumeLong();
      }
    }
    String first = path(data);
    String second = path(data);
    boolean leaves = false;
    if (name.startsWith("path_")) {
      leaves = arrange(guest, name, args, first, second);
    }
    boolean succeeds;
    try {
      entry.call().call(guest, args);
      succeeds = true;
    } catch (SystemCallError _) {
      succeeds = false;
    }
    assertThat(succeeds && leaves).as("%s of \"%s\", \"%s\"", name, first, second).isFalse();
  }

  /**
   * Puts the paths where the call takes them from; whether one of them leaves its directory, by its
   * text alone.
   */
  private static boolean arrange(
      Guest guest, String name, long[] args, String first, String second) {
    int firstLength = write(guest, FIRST, first);
    int secondLength = write(guest, SECOND, second);
    int at =
        switch (name) {
          case "path_symlink" -> 0;
          case "path_open", "path_filestat_get", "path_filestat_set_times", "path_link" -> 2;
          default -> 1;
        };
    args[at] = FIRST;
    args[at + 1] = firstLength;
    boolean two = true;
    switch (name) {
      case "path_rename" -> setSecond(args, 4, secondLength);
      case "path_link" -> setSecond(args, 5, secondLength);
      case "path_symlink" -> setSecond(args, 3, secondLength);
      default -> two = false;
    }
    if (name.equals("path_open") || name.equals("path_filestat_get")) {
      args[args.length - 1] = RESULT;
    }
    return leaves(first) || (two && leaves(second));
  }

  private static void setSecond(long[] args, int at, int length) {
    args[at] = SECOND;
    args[at + 1] = length;
  }

  private static int write(Guest guest, int address, String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    try {
      guest.memory().writeBytes(address, bytes, 0, bytes.length);
    } catch (SystemCallError e) {
      throw new AssertionError(e);
    }
    return bytes.length;
  }

  /** Pieces that paths are made of, more often than chance would make them. */
  private static String path(FuzzedDataProvider data) {
    StringBuilder path = new StringBuilder();
    int parts = data.consumeInt(0, 6);
    for (int i = 0; i < parts; i++) {
      path.append(
          switch (data.consumeInt(0, 7)) {
            case 0 -> "..";
            case 1 -> "/";
            case 2 -> ".";
            case 3 -> "a";
            case 4 -> "f";
            case 5 -> "/../";
            case 6 -> "b/";
            default -> data.consumeString(8);
          });
    }
    return path.toString();
  }

  private static boolean leaves(String path) {
    if (path.startsWith("/")) {
      return true;
    }
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  /** Every node is the program's, and there is one way to each. */
  private static void assertTree(Directory directory, Set<Long> seen) {
    assertThat(seen.add(directory.inode())).isTrue();
    assertThat(directory.isWritable()).isTrue();
    directory
        .children()
        .forEach((name, node) -> {
          assertThat(name).doesNotContain("/").isNotEqualTo("..").isNotEqualTo(".").isNotEmpty();
          switch (node) {
            case Directory below -> assertTree(below, seen);
            case OutputFile file -> assertThat(seen.add(file.inode())).isTrue();
            case InputFile file -> throw new AssertionError("input among the output: " + file);
          }
        });
  }
}
