package ai.ubc.provider.worker;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Content;
import ai.ubc.provider.runtime.Item;
import ai.ubc.provider.runtime.ItemResult;
import ai.ubc.provider.runtime.Limits;
import ai.ubc.provider.runtime.Mark;
import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.runtime.ProviderFault;
import ai.ubc.provider.runtime.RunRequest;
import ai.ubc.provider.runtime.RunResult;
import ai.ubc.provider.runtime.Seed;
import ai.ubc.provider.runtime.TextOrder;
import ai.ubc.provider.runtime.TrapKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node and its worker say to each other over the worker's standard streams: requests one
 * way, a result or a fault the other. Both are the same build, so the form has no version.
 */
final class WorkerProtocol {

  private static final int LENGTH_MAX = 256 << 20;
  private static final int RESULT = 0;
  private static final int FAULT = 1;
  private static final int IN_MEMORY = 0;
  private static final int IN_FILE = 1;
  private static final int EXIT = 0;
  private static final int TRAP = 1;
  private static final int OUT_OF_UNITS = 2;
  private static final int OUTPUT_LIMIT = 3;

  private WorkerProtocol() {}

  static void writeRequest(DataOutputStream out, RunRequest request) throws IOException {
    writeContent(out, request.program());
    out.writeInt(request.items().size());
    for (Item item : request.items()) {
      out.writeInt(item.args().size());
      for (String arg : item.args()) {
        writeText(out, arg);
      }
      out.writeInt(item.env().size());
      for (Map.Entry<String, String> variable : item.env().entrySet()) {
        writeText(out, variable.getKey());
        writeText(out, variable.getValue());
      }
      writeContent(out, item.stdin());
    }
    out.writeBoolean(request.inputDirectory().isPresent());
    if (request.inputDirectory().isPresent()) {
      writePath(out, request.inputDirectory().get());
    }
    out.writeLong(request.limits().unitsMax());
    out.writeInt(request.limits().memoryPagesMax());
    out.writeLong(request.limits().outputBytesMax());
    out.writeLong(request.seed().x0());
    out.writeLong(request.seed().x1());
    out.writeLong(request.seed().x2());
    out.writeLong(request.seed().x3());
    out.writeInt(request.firstItem());
    out.writeBoolean(request.marked());
    out.flush();
  }

  static RunRequest readRequest(DataInputStream in) throws IOException {
    Content program = readContent(in);
    int items = readLength(in);
    List<Item> list = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      List<String> args = new ArrayList<>();
      int argCount = readLength(in);
      for (int j = 0; j < argCount; j++) {
        args.add(readText(in));
      }
      SortedMap<String, String> env = new TreeMap<>(TextOrder.UTF8);
      int envCount = readLength(in);
      for (int j = 0; j < envCount; j++) {
        env.put(readText(in), readText(in));
      }
      list.add(new Item(args, env, readContent(in)));
    }
    Optional<Path> inputDirectory =
        in.readBoolean() ? Optional.of(Path.of(readText(in))) : Optional.empty();
    Limits limits = new Limits(in.readLong(), in.readInt(), in.readLong());
    Seed seed = new Seed(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    return new RunRequest(
        program, list, inputDirectory, limits, seed, in.readInt(), in.readBoolean());
  }

  static void writeResult(DataOutputStream out, RunResult result) throws IOException {
    out.writeByte(RESULT);
    out.writeLong(result.units());
    out.writeInt(result.items().size());
    for (ItemResult item : result.items()) {
      writeOutcome(out, item.outcome());
      out.writeLong(item.units());
      writeBytes(out, item.stdout());
      writeBytes(out, item.stderr());
      out.writeInt(item.files().size());
      for (Map.Entry<String, Bytes> file : item.files().entrySet()) {
        writeText(out, file.getKey());
        writeBytes(out, file.getValue());
      }
      writeText(out, item.detail());
      out.writeInt(item.marks().size());
      for (Mark mark : item.marks()) {
        out.writeLong(mark.units());
        writeBytes(out, mark.digest());
      }
    }
    out.flush();
  }

  static void writeFault(DataOutputStream out, ProviderFault fault) throws IOException {
    out.writeByte(FAULT);
    writeText(out, fault.kind().name());
    writeText(out, String.valueOf(fault.getMessage()));
    out.flush();
  }

  /**
   * Reads what a worker answers.
   *
   * @throws ProviderFault when that is what it answers
   */
  static RunResult readAnswer(DataInputStream in) throws IOException, ProviderFault {
    int form = in.readByte();
    if (form == FAULT) {
      ProviderFault.Kind kind = readName(in, ProviderFault.Kind.class);
      throw new ProviderFault(kind, readText(in));
    }
    if (form != RESULT) {
      throw new IOException("an answer of unknown form");
    }
    long units = in.readLong();
    int items = readLength(in);
    List<ItemResult> list = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Outcome outcome = readOutcome(in);
      long itemUnits = in.readLong();
      Bytes stdout = readBytes(in);
      Bytes stderr = readBytes(in);
      SortedMap<String, Bytes> files = new TreeMap<>(TextOrder.UTF8);
      int fileCount = readLength(in);
      for (int j = 0; j < fileCount; j++) {
        files.put(readText(in), readBytes(in));
      }
      String detail = readText(in);
      List<Mark> marks = new ArrayList<>();
      int markCount = readLength(in);
      for (int j = 0; j < markCount; j++) {
        marks.add(new Mark(in.readLong(), readBytes(in)));
      }
      list.add(new ItemResult(outcome, itemUnits, stdout, stderr, files, detail, marks));
    }
    return new RunResult(units, list);
  }

  private static void writeOutcome(DataOutputStream out, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Exit exit -> {
        out.writeByte(EXIT);
        out.writeInt(exit.code());
      }
      case Outcome.Trap trap -> {
        out.writeByte(TRAP);
        writeText(out, trap.kind().name());
      }
      case Outcome.OutOfUnits _ -> out.writeByte(OUT_OF_UNITS);
      case Outcome.OutputLimit _ -> out.writeByte(OUTPUT_LIMIT);
    }
  }

  private static Outcome readOutcome(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case EXIT -> new Outcome.Exit(in.readInt());
      case TRAP -> new Outcome.Trap(readName(in, TrapKind.class));
      case OUT_OF_UNITS -> new Outcome.OutOfUnits();
      case OUTPUT_LIMIT -> new Outcome.OutputLimit();
      default -> throw new IOException("an outcome of unknown form");
    };
  }

  private static <T extends Enum<T>> T readName(DataInputStream in, Class<T> type)
      throws IOException {
    String name = readText(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("a " + type.getSimpleName() + " of unknown name", e);
    }
  }

  private static void writeContent(DataOutputStream out, Content content) throws IOException {
    switch (content) {
      case Content.InMemory memory -> {
        out.writeByte(IN_MEMORY);
        writeBytes(out, memory.bytes());
      }
      case Content.InFile file -> {
        out.writeByte(IN_FILE);
        writePath(out, file.path());
      }
    }
  }

  private static Content readContent(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case IN_MEMORY -> new Content.InMemory(readBytes(in));
      case IN_FILE -> Content.of(Path.of(readText(in)));
      default -> throw new IOException("content of unknown form");
    };
  }

  private static void writePath(DataOutputStream out, Path path) throws IOException {
    writeText(out, path.toAbsolutePath().toString());
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String readText(DataInputStream in) throws IOException {
    return readBytes(in).toUtf8();
  }

  private static void writeBytes(DataOutputStream out, Bytes bytes) throws IOException {
    out.writeInt(bytes.length());
    bytes.writeTo(out);
  }

  private static Bytes readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[readLength(in)];
    in.readFully(bytes);
    return Bytes.copyOf(bytes);
  }

  private static int readLength(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LENGTH_MAX) {
      throw new IOException("a length of " + length);
    }
    return length;
  }
}
