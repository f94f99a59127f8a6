import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import uk.co.real_logic.sbe.SbeTool;

/**
 * Writes the codec's Java sources from the two schema files: the SBE stubs (by the SBE tool), and
 * from the same fields in the same order the dispatchers between bytes and the domain's interfaces
 * of primitives, the encoders of its records, and the EIP-712 tables. Arguments: schema directory,
 * output directory.
 */
final class GenerateCodec {
  private static final String PACKAGE = "ai.ubc.codec.generated";
  private static final int FIRST_SYSTEM_COMMAND = 64;
  private static final int FIRST_UNLOGGED = 128;
  private static final int HEAD_FIELDS = 3;

  private final Path output;

  private GenerateCodec(Path output) {
    this.output = output;
  }

  public static void main(String[] args) throws Exception {
    Path schemas = Path.of(args[0]);
    GenerateCodec generator = new GenerateCodec(Files.createTempDirectory("codec"));
    System.setProperty("sbe.output.dir", generator.output.toString());
    System.setProperty("sbe.validation.stop.on.error", "true");
    // Warnings about names that other languages reserve; an error stops the build by itself.
    System.setProperty("sbe.validation.suppress.output", "true");
    for (String file : List.of("commands.xml", "events.xml")) {
      SbeTool.main(new String[] {schemas.resolve(file).toString()});
    }
    generator.writeCommands(read(schemas.resolve("commands.xml")));
    generator.writeEvents(read(schemas.resolve("events.xml")));
    moveChanged(generator.output, Path.of(args[1]));
  }

  /**
   * Makes {@code to} equal to {@code from}, which is consumed. A file that is already equal is left
   * alone: a newer time would have everything that depends on the codec compiled again.
   */
  private static void moveChanged(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path old : deepestFirst(to)) {
      if (Files.isRegularFile(old) && Files.notExists(from.resolve(to.relativize(old)))) {
        Files.delete(old);
      }
    }
    for (Path made : deepestFirst(from)) {
      Path target = to.resolve(from.relativize(made));
      if (Files.isRegularFile(made)
          && (Files.notExists(target) || Files.mismatch(made, target) >= 0)) {
        Files.createDirectories(target.getParent());
        Files.copy(made, target, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.delete(made);
    }
  }

  private static List<Path> deepestFirst(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** A schema: its id, version and messages. */
  private record Schema(int id, int version, List<Message> messages) {}

  /** A message: fixed fields only, so its layout is the sum of their sizes. */
  private record Message(String name, int id, List<Field> fields) {
    int blockLength() {
      return fields.stream().mapToInt(f -> f.type().bytes).sum();
    }

    String method() {
      return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    boolean isUser() {
      return id < FIRST_SYSTEM_COMMAND;
    }

    List<Field> ownFields() {
      return isUser() ? fields.subList(HEAD_FIELDS, fields.size()) : fields;
    }
  }

  /**
   * A field.
   *
   * @param isProof a signature over the fields beside it: checked before an entry is logged and by
   *     every replay, and not an argument of the ledger
   */
  private record Field(String name, Type type, int offset, boolean isProof) {}

  private enum Type {
    UINT8(1, "uint8", "int"),
    UINT16(2, "uint16", "int"),
    UINT32(4, "uint32", "int"),
    UINT64(8, "uint64", "long"),
    INT64(8, "int64", "long"),
    BYTES32(32, "bytes32", "Hash32"),
    BYTES20(20, "address", "Address");

    final int bytes;
    final String eip712;
    final String java;

    Type(int bytes, String eip712, String java) {
      this.bytes = bytes;
      this.eip712 = eip712;
      this.java = java;
    }

    /**
     * Expressions that read this type's primitives from buffer {@code b} at {@code at + offset}.
     */
    List<String> reads(int offset) {
      String where = "at + " + offset;
      return switch (this) {
        case UINT8 -> List.of("b.getByte(" + where + ") & 0xFF");
        case UINT16 -> List.of("b.getShort(" + where + ", LITTLE_ENDIAN) & 0xFFFF");
        case UINT32 -> List.of("b.getInt(" + where + ", LITTLE_ENDIAN)");
        case UINT64, INT64 -> List.of("b.getLong(" + where + ", LITTLE_ENDIAN)");
        case BYTES32 ->
            IntStream.range(0, 4)
                .mapToObj(i -> "b.getLong(at + " + (offset + 8 * i) + ", BIG_ENDIAN)")
                .toList();
        case BYTES20 ->
            List.of(
                "b.getLong(at + " + offset + ", BIG_ENDIAN)",
                "b.getLong(at + " + (offset + 8) + ", BIG_ENDIAN)",
                "b.getInt(at + " + (offset + 16) + ", BIG_ENDIAN)");
      };
    }

    /** Names of this type's primitives for a field {@code name}, with their Java types. */
    List<String[]> primitives(String name) {
      return switch (this) {
        case BYTES32 ->
            IntStream.range(0, 4).mapToObj(i -> new String[] {"long", name + i}).toList();
        case BYTES20 ->
            List.of(
                new String[] {"long", name + 0},
                new String[] {"long", name + 1},
                new String[] {"int", name + 2});
        default -> List.<String[]>of(new String[] {java, name});
      };
    }

    /** Statements that write the primitives {@code values} at {@code at + offset}. */
    List<String> writes(int offset, List<String> values) {
      String where = "at + " + offset;
      return switch (this) {
        case UINT8 -> List.of("b.putByte(" + where + ", (byte) " + values.get(0) + ");");
        case UINT16 ->
            List.of("b.putShort(" + where + ", (short) " + values.get(0) + ", LITTLE_ENDIAN);");
        case UINT32 -> List.of("b.putInt(" + where + ", " + values.get(0) + ", LITTLE_ENDIAN);");
        case UINT64, INT64 ->
            List.of("b.putLong(" + where + ", " + values.get(0) + ", LITTLE_ENDIAN);");
        case BYTES32 ->
            IntStream.range(0, 4)
                .mapToObj(i ->
                    "b.putLong(at + " + (offset + 8 * i) + ", " + values.get(i) + ", BIG_ENDIAN);")
                .toList();
        case BYTES20 ->
            List.of(
                "b.putLong(" + where + ", " + values.get(0) + ", BIG_ENDIAN);",
                "b.putLong(at + " + (offset + 8) + ", " + values.get(1) + ", BIG_ENDIAN);",
                "b.putInt(at + " + (offset + 16) + ", " + values.get(2) + ", BIG_ENDIAN);");
      };
    }

    /** Primitive expressions of a record component {@code expression}. */
    List<String> parts(String expression) {
      return switch (this) {
        case BYTES32 ->
            IntStream.range(0, 4).mapToObj(i -> expression + ".word" + i + "()").toList();
        case BYTES20 ->
            IntStream.range(0, 3).mapToObj(i -> expression + ".word" + i + "()").toList();
        default -> List.of(expression);
      };
    }

    /** Expression that builds a record component from primitives. */
    String build(List<String> values) {
      return switch (this) {
        case BYTES32, BYTES20 -> "new " + java + "(" + String.join(", ", values) + ")";
        default -> values.get(0);
      };
    }
  }

  private static Schema read(Path file) throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    List<Message> messages = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName("sbe:message");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element message = (Element) nodes.item(i);
      List<Field> fields = new ArrayList<>();
      NodeList children = message.getElementsByTagName("field");
      int offset = 0;
      for (int j = 0; j < children.getLength(); j++) {
        Element field = (Element) children.item(j);
        Type type = Type.valueOf(field.getAttribute("type").toUpperCase(java.util.Locale.ROOT));
        boolean isProof = field.getAttribute("semanticType").equals("Signature");
        fields.add(new Field(field.getAttribute("name"), type, offset, isProof));
        offset += type.bytes;
      }
      messages.add(
          new Message(
              message.getAttribute("name"), Integer.parseInt(message.getAttribute("id")), fields));
    }
    return new Schema(
        Integer.parseInt(root.getAttribute("id")),
        Integer.parseInt(root.getAttribute("version")),
        messages);
  }

  private void writeCommands(Schema schema) throws IOException {
    List<Message> logged = schema.messages().stream().filter(m -> m.id() < FIRST_UNLOGGED).toList();
    List<Message> user = logged.stream().filter(Message::isUser).toList();
    List<Message> system = logged.stream().filter(m -> !m.isUser()).toList();
    write("CommandDispatcher", dispatcher(logged));
    write("CommandCodec", commandCodec(schema, user, system));
    write(
        "TypedDataTable",
        typedData(
            schema.messages().stream()
                .filter(m -> m.isUser() || m.id() >= FIRST_UNLOGGED)
                .toList()));
  }

  private static String dispatcher(List<Message> messages) {
    StringBuilder s =
        head(
            "Calls the method of a command's template with the fields of its block.",
            "Commands",
            "DirectBuffer");
    s.append("public final class CommandDispatcher {\n  private CommandDispatcher() {}\n\n");
    s.append("  /** Block length of a template, or -1 where there is no such command. */\n");
    s.append(
        "  public static int blockLength(int templateId) {\n    return switch (templateId) {\n");
    for (Message m : messages) {
      s.append("      case " + m.id() + " -> " + m.blockLength() + ";\n");
    }
    s.append("      default -> -1;\n    };\n  }\n\n");
    s.append(
        "  /** Calls the command whose block stands at {@code at}; returns its code. The template must be known. */\n");
    s.append(
        "  public static int dispatch(DirectBuffer b, int at, int templateId, Commands to) {\n");
    s.append("    return switch (templateId) {\n");
    for (Message m : messages) {
      List<String> arguments = new ArrayList<>();
      if (m.isUser()) {
        arguments.addAll(m.fields().get(0).type().reads(0));
      }
      m.ownFields().stream()
          .filter(f -> !f.isProof())
          .forEach(f -> arguments.addAll(f.type().reads(f.offset())));
      s.append(
          "      case "
              + m.id()
              + " -> to."
              + m.method()
              + "("
              + String.join(", ", arguments)
              + ");\n");
    }
    s.append(
        "      default -> throw new IllegalArgumentException(\"no command has template \" + templateId);\n");
    return s.append("    };\n  }\n}\n").toString();
  }

  private static String commandCodec(Schema schema, List<Message> user, List<Message> system) {
    StringBuilder s =
        head(
            "Between command records and the bytes that are signed and logged.",
            "Command",
            "DirectBuffer",
            "MutableDirectBuffer",
            "Hash32",
            "Address");
    s.append("public final class CommandCodec {\n  private CommandCodec() {}\n\n");
    s.append(headerWriter(schema));
    s.append("  /** Writes header and block; returns their length. */\n");
    s.append(
        "  public static int encode(Command.Head head, Command command, MutableDirectBuffer b, int offset) {\n");
    s.append("    int at = offset + 8;\n    return switch (command) {\n");
    for (Message m : user) {
      s.append("      case Command." + m.name() + " c -> {\n");
      s.append("        header(b, offset, " + m.blockLength() + ", " + m.id() + ");\n");
      s.append("        b.putInt(at, head.account(), LITTLE_ENDIAN);\n");
      s.append("        b.putLong(at + 4, head.nonce(), LITTLE_ENDIAN);\n");
      s.append("        b.putLong(at + 12, head.notAfterMs(), LITTLE_ENDIAN);\n");
      for (Field f : m.ownFields()) {
        f.type()
            .writes(f.offset(), f.type().parts("c." + f.name() + "()"))
            .forEach(w -> s.append("        " + w + "\n"));
      }
      s.append("        yield " + (8 + m.blockLength()) + ";\n      }\n");
    }
    s.append("    };\n  }\n\n");
    s.append("  /** The common head of the user's command whose block stands at {@code at}. */\n");
    s.append("  public static Command.Head head(DirectBuffer b, int at) {\n");
    s.append(
        "    return new Command.Head(b.getInt(at, LITTLE_ENDIAN), b.getLong(at + 4, LITTLE_ENDIAN), b.getLong(at + 12, LITTLE_ENDIAN));\n  }\n\n");
    s.append(
        "  /** The user's command whose block stands at {@code at}. The template must be known. */\n");
    s.append(
        "  public static Command decode(DirectBuffer b, int at, int templateId) {\n    return switch (templateId) {\n");
    for (Message m : user) {
      String fields =
          m.ownFields().stream()
              .map(f -> f.type().build(f.type().reads(f.offset())))
              .collect(Collectors.joining(", "));
      s.append("      case " + m.id() + " -> new Command." + m.name() + "(" + fields + ");\n");
    }
    s.append(
        "      default -> throw new IllegalArgumentException(\"no user command has template \" + templateId);\n    };\n  }\n\n");
    s.append(
        "  /** Name of a user's or system command's template; empty where there is no such command. */\n");
    s.append("  public static String name(int templateId) {\n    return switch (templateId) {\n");
    for (Message m : user) {
      s.append("      case " + m.id() + " -> \"" + m.name() + "\";\n");
    }
    for (Message m : system) {
      s.append("      case " + m.id() + " -> \"" + m.name() + "\";\n");
    }
    s.append("      default -> \"\";\n    };\n  }\n");
    system.forEach(m -> s.append(systemEncoder(m)));
    return s.append("}\n").toString();
  }

  private static String systemEncoder(Message m) {
    StringBuilder s = new StringBuilder();
    String parameters =
        m.fields().stream()
            .map(f -> ", " + f.type().java + " " + f.name())
            .collect(Collectors.joining());
    s.append(
        "\n  /** Writes the system command "
            + m.name()
            + " with its header; returns the length. */\n");
    s.append(
        "  public static int "
            + m.method()
            + "(MutableDirectBuffer b, int offset"
            + parameters
            + ") {\n");
    s.append("    header(b, offset, " + m.blockLength() + ", " + m.id() + ");\n");
    if (!m.fields().isEmpty()) {
      s.append("    int at = offset + 8;\n");
    }
    for (Field f : m.fields()) {
      f.type()
          .writes(f.offset(), f.type().parts(f.name()))
          .forEach(w -> s.append("    " + w + "\n"));
    }
    s.append("    return " + (8 + m.blockLength()) + ";\n  }\n");
    return s.toString();
  }

  private static String headerWriter(Schema schema) {
    return "  private static void header(MutableDirectBuffer b, int offset, int blockLength, int templateId) {\n"
        + "    b.putShort(offset, (short) blockLength, LITTLE_ENDIAN);\n"
        + "    b.putShort(offset + 2, (short) templateId, LITTLE_ENDIAN);\n"
        + "    b.putShort(offset + 4, (short) "
        + schema.id()
        + ", LITTLE_ENDIAN);\n"
        + "    b.putShort(offset + 6, (short) "
        + schema.version()
        + ", LITTLE_ENDIAN);\n"
        + "  }\n\n";
  }

  private static String typedData(List<Message> messages) {
    StringBuilder s =
        head(
            "The EIP-712 struct of each signed template: its type string, and where each member stands in the block.");
    s.append("public final class TypedDataTable {\n  private TypedDataTable() {}\n\n");
    s.append("  /** The EIP-712 type string of a template; empty where it is not signed. */\n");
    s.append("  public static String type(int templateId) {\n    return switch (templateId) {\n");
    for (Message m : messages) {
      String members =
          m.fields().stream()
              .map(f -> f.type().eip712 + " " + f.name())
              .collect(Collectors.joining(","));
      s.append("      case " + m.id() + " -> \"" + m.name() + "(" + members + ")\";\n");
    }
    s.append("      default -> \"\";\n    };\n  }\n\n");
    s.append(
        "  /** Widths of the members in the block, in order: 1, 2, 4, 8 (unsigned), -8 (signed), 20, 32 bytes. */\n");
    s.append("  public static byte[] widths(int templateId) {\n    return switch (templateId) {\n");
    for (Message m : messages) {
      String widths =
          m.fields().stream()
              .map(f -> f.type() == Type.INT64 ? "-8" : "" + f.type().bytes)
              .collect(Collectors.joining(", "));
      s.append("      case " + m.id() + " -> new byte[] {" + widths + "};\n");
    }
    s.append("      default -> new byte[0];\n    };\n  }\n\n");
    s.append(
        "  /** Every signed template. */\n  public static int[] templates() {\n    return new int[] {");
    s.append(messages.stream().map(m -> "" + m.id()).collect(Collectors.joining(", ")));
    return s.append("};\n  }\n}\n").toString();
  }

  private void writeEvents(Schema schema) throws IOException {
    write("EventEncoder", eventEncoder(schema));
    write("EventDecoder", eventDecoder(schema));
    write("EventRecords", eventRecords(schema));
  }

  private static String eventEncoder(Schema schema) {
    StringBuilder s =
        head(
            "Writes events one behind the other into a buffer that grows where it can; read {@link #length()} at the entry's end.",
            "EventSink",
            "MutableDirectBuffer");
    s.append("public final class EventEncoder implements EventSink {\n");
    s.append("  private final MutableDirectBuffer b;\n  private int position;\n\n");
    s.append("  public EventEncoder(MutableDirectBuffer buffer) {\n    this.b = buffer;\n  }\n\n");
    s.append(
        "  /** Starts anew at the buffer's beginning. */\n  public void reset() {\n    position = 0;\n  }\n\n");
    s.append(
        "  /** Bytes written since the last reset. */\n  public int length() {\n    return position;\n  }\n\n");
    s.append(
        "  /** The buffer; bytes 0 to length() are the events. */\n  public MutableDirectBuffer buffer() {\n    return b;\n  }\n\n");
    s.append(headerWriter(schema));
    for (Message m : schema.messages()) {
      s.append("  @Override\n  public void " + m.method() + "(" + parameters(m) + ") {\n");
      s.append("    b.checkLimit(position + " + (8 + m.blockLength()) + ");\n");
      s.append(
          "    header(b, position, "
              + m.blockLength()
              + ", "
              + m.id()
              + ");\n    int at = position + 8;\n");
      for (Field f : m.fields()) {
        List<String> names = f.type().primitives(f.name()).stream().map(p -> p[1]).toList();
        f.type().writes(f.offset(), names).forEach(w -> s.append("    " + w + "\n"));
      }
      s.append("    position = at + " + m.blockLength() + ";\n  }\n\n");
    }
    return s.append("}\n").toString();
  }

  private static String eventDecoder(Schema schema) {
    StringBuilder s = head("Reads the events of an entry.", "EventSink", "DirectBuffer");
    s.append("public final class EventDecoder {\n  private EventDecoder() {}\n\n");
    s.append(
        "  /**\n   * Hands each event in {@code offset} to {@code offset + length} to the sink, in order.\n   *\n");
    s.append(
        "   * @throws IllegalArgumentException when the bytes are not whole events of this schema\n   */\n");
    s.append(
        "  public static void dispatch(DirectBuffer b, int offset, int length, EventSink to) {\n");
    s.append(
        "    int end = offset + length;\n    int position = offset;\n    while (position < end) {\n");
    s.append("      int left = end - position;\n");
    s.append("      int block = left < 8 ? -1 : b.getShort(position, LITTLE_ENDIAN) & 0xFFFF;\n");
    s.append(
        "      if (block < 0 || left < 8 + block || (b.getShort(position + 4, LITTLE_ENDIAN) & 0xFFFF) != "
            + schema.id()
            + ") {\n");
    s.append(
        "        throw new IllegalArgumentException(\"not an event at byte \" + (position - offset));\n      }\n");
    s.append(
        "      one(b, position + 8, b.getShort(position + 2, LITTLE_ENDIAN) & 0xFFFF, block, to);\n");
    s.append("      position += 8 + block;\n    }\n  }\n\n");
    s.append(
        "  private static void one(DirectBuffer b, int at, int templateId, int block, EventSink to) {\n    switch (templateId) {\n");
    for (Message m : schema.messages()) {
      List<String> arguments = new ArrayList<>();
      m.fields().forEach(f -> arguments.addAll(f.type().reads(f.offset())));
      s.append(
          "      case "
              + m.id()
              + " -> {\n        length(block, "
              + m.blockLength()
              + ", templateId);\n");
      s.append("        to." + m.method() + "(" + String.join(", ", arguments) + ");\n      }\n");
    }
    s.append(
        "      default -> throw new IllegalArgumentException(\"no event has template \" + templateId);\n    }\n  }\n\n");
    s.append(
        "  private static void length(int block, int expected, int templateId) {\n    if (block < expected) {\n");
    s.append(
        "      throw new IllegalArgumentException(\"event \" + templateId + \" has \" + block + \" bytes, needs \" + expected);\n    }\n  }\n");
    return s.append("}\n").toString();
  }

  private static String eventRecords(Schema schema) {
    StringBuilder s =
        head(
            "Turns primitive events into records, for the cold path.",
            "Event",
            "EventSink",
            "Hash32",
            "Address");
    s.append("public final class EventRecords implements EventSink {\n");
    s.append("  private final java.util.function.Consumer<Event> consumer;\n\n");
    s.append(
        "  public EventRecords(java.util.function.Consumer<Event> consumer) {\n    this.consumer = consumer;\n  }\n\n");
    for (Message m : schema.messages()) {
      s.append("  @Override\n  public void " + m.method() + "(" + parameters(m) + ") {\n");
      String fields =
          m.fields().stream()
              .map(f ->
                  f.type().build(f.type().primitives(f.name()).stream().map(p -> p[1]).toList()))
              .collect(Collectors.joining(", "));
      s.append("    consumer.accept(new Event." + m.name() + "(" + fields + "));\n  }\n\n");
    }
    return s.append("}\n").toString();
  }

  private static String parameters(Message m) {
    return m.fields().stream()
        .flatMap(f -> f.type().primitives(f.name()).stream())
        .map(p -> p[0] + " " + p[1])
        .collect(Collectors.joining(", "));
  }

  private static StringBuilder head(String doc, String... imports) {
    StringBuilder s = new StringBuilder("package " + PACKAGE + ";\n\n");
    s.append(
        "import static java.nio.ByteOrder.BIG_ENDIAN;\nimport static java.nio.ByteOrder.LITTLE_ENDIAN;\n\n");
    for (String name : imports) {
      s.append(
          "import "
              + (name.endsWith("DirectBuffer") ? "org.agrona." : "ai.ubc.domain.")
              + name
              + ";\n");
    }
    return s.append("\n/** " + doc + " Generated from the schema. */\n");
  }

  private void write(String name, String text) throws IOException {
    Path directory = output.resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".java"), text);
  }
}
