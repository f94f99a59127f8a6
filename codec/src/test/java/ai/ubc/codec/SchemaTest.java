package ai.ubc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.CommandDispatcher;
import ai.ubc.codec.generated.EventDecoder;
import ai.ubc.codec.generated.EventEncoder;
import ai.ubc.codec.generated.EventRecords;
import ai.ubc.codec.generated.command.MessageHeaderDecoder;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Commands;
import ai.ubc.domain.Event;
import ai.ubc.domain.EventSink;
import ai.ubc.domain.Hash32;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** One schema, three readers: the SBE tool's stubs, our dispatchers and our records must agree. */
final class SchemaTest {
  private static final int ROUNDS = 50;

  @Test
  void everyCommandReadsThroughTheSbeStubsAsItWasWritten() throws ReflectiveOperationException {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      for (Command command : Samples.commands(random)) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        CommandCodec.encode(Samples.head(random), command, buffer, 0);
        Object stub = stub(command.getClass().getSimpleName(), buffer);
        for (RecordComponent component : command.getClass().getRecordComponents()) {
          assertThat(read(stub, component.getName(), component.getType()))
              .as(command + " " + component.getName())
              .isEqualTo(component.getAccessor().invoke(command));
        }
      }
    }
  }

  @Test
  void everyCommandDecodesToItself() {
    Random random = new Random(2);
    for (Command command : Samples.commands(random)) {
      ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
      Command.Head head = Samples.head(random);
      int length = CommandCodec.encode(head, command, buffer, 16);
      int template = LogEntry.templateId(buffer, 16);
      assertThat(template).isEqualTo(Samples.templateOf(command));
      assertThat(length).isEqualTo(8 + CommandDispatcher.blockLength(template));
      assertThat(CommandCodec.head(buffer, 24)).isEqualTo(head);
      assertThat(CommandCodec.decode(buffer, 24, template)).isEqualTo(command);
    }
  }

  @Test
  void everyCommandIsDispatchedWithItsFieldsInOrder() {
    Random random = new Random(3);
    for (Command command : Samples.commands(random)) {
      ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
      Command.Head head = Samples.head(random);
      CommandCodec.encode(head, command, buffer, 0);
      List<Object> seen = new ArrayList<>();
      Commands recorder = recorder(Commands.class, seen, 7);
      assertThat(CommandDispatcher.dispatch(buffer, 8, LogEntry.templateId(buffer, 0), recorder))
          .isEqualTo(7);
      List<Object> expected =
          new ArrayList<>(List.of(decapitalised(command.getClass()), head.account()));
      expected.addAll(primitives(command));
      if (command instanceof Command.OpenResult) {
        // The receipt's signature, two words of 32 bytes, is no argument of the ledger.
        expected.subList(expected.size() - 8, expected.size()).clear();
      }
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void systemCommandsReachTheirMethods() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    List<Object> seen = new ArrayList<>();
    Commands recorder = recorder(Commands.class, seen, 0);
    int length = CommandCodec.recordOutage(buffer, 0, 7_000);
    assertThat(length).isEqualTo(16);
    CommandDispatcher.dispatch(buffer, 8, LogEntry.templateId(buffer, 0), recorder);
    assertThat(CommandCodec.tick(buffer, 0)).isEqualTo(8);
    CommandDispatcher.dispatch(buffer, 8, LogEntry.templateId(buffer, 0), recorder);
    assertThat(seen).containsExactly("recordOutage", 7_000L, "tick");
  }

  @Test
  void unknownTemplatesAreRefused() {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    assertThat(CommandDispatcher.blockLength(60_000)).isEqualTo(-1);
    assertThat(CommandCodec.name(60_000)).isEmpty();
    assertThatThrownBy(() -> CommandCodec.decode(buffer, 8, 60_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyEventReadsAsItWasWritten() throws ReflectiveOperationException {
    Random random = new Random(4);
    EventEncoder encoder = new EventEncoder(new ExpandableArrayBuffer());
    List<Object> written = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Method method : eventMethods()) {
        Object[] arguments =
            Arrays.stream(method.getParameters())
                .map(p ->
                    p.getType() == long.class
                        ? (Object) random.nextLong()
                        : (Object) random.nextInt(256))
                .toArray();
        method.invoke(encoder, arguments);
        written.add(method.getName());
        written.addAll(Arrays.asList(arguments));
      }
    }
    List<Object> read = new ArrayList<>();
    EventDecoder.dispatch(
        encoder.buffer(), 0, encoder.length(), recorder(EventSink.class, read, null));
    assertThat(read).isEqualTo(written);
  }

  @Test
  void eventRecordsHoldWhatTheSinkWasTold() throws ReflectiveOperationException {
    Random random = new Random(5);
    for (Class<?> kind : Event.class.getPermittedSubclasses()) {
      Event event = (Event) Samples.record(kind, random);
      List<Event> seen = new ArrayList<>();
      Method method =
          eventMethods().stream()
              .filter(m -> m.getName().equals(decapitalised(kind)))
              .findFirst()
              .orElseThrow();
      method.invoke(new EventRecords(seen::add), primitives(event).toArray());
      assertThat(seen).containsExactly(event);
    }
  }

  @Test
  void bytesThatAreNoWholeEventsAreRefused() {
    EventEncoder encoder = new EventEncoder(new ExpandableArrayBuffer());
    encoder.rulesActivated(1);
    List<Object> seen = new ArrayList<>();
    EventSink sink = recorder(EventSink.class, seen, null);
    for (int length = 1; length < encoder.length(); length++) {
      int cut = length;
      assertThatThrownBy(() -> EventDecoder.dispatch(encoder.buffer(), 0, cut, sink))
          .isInstanceOf(IllegalArgumentException.class);
    }
    encoder.buffer().putShort(4, (short) 99);
    assertThatThrownBy(() -> EventDecoder.dispatch(encoder.buffer(), 0, encoder.length(), sink))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byte 0");
  }

  private static List<Method> eventMethods() {
    List<Method> methods = new ArrayList<>(List.of(EventSink.class.getDeclaredMethods()));
    methods.sort(Comparator.comparing(Method::getName));
    return methods;
  }

  private static <T> T recorder(
      Class<T> type, List<Object> seen, @org.jspecify.annotations.Nullable Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              seen.add(method.getName());
              seen.addAll(arguments == null ? List.of() : Arrays.asList(arguments));
              return answer;
            }));
  }

  private static String decapitalised(Class<?> kind) {
    String name = kind.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static List<Object> primitives(Object record) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(record);
        switch (value) {
          case Hash32 h -> values.addAll(List.of(h.word0(), h.word1(), h.word2(), h.word3()));
          case Address a -> values.addAll(List.of(a.word0(), a.word1(), a.word2()));
          default -> values.add(value);
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.toString(), e);
      }
    }
    return values;
  }

  private static Object stub(String name, DirectBuffer buffer) throws ReflectiveOperationException {
    Class<?> type = Class.forName("ai.ubc.codec.generated.command." + name + "Decoder");
    Object stub = type.getDeclaredConstructor().newInstance();
    type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
        .invoke(stub, buffer, 0, new MessageHeaderDecoder());
    return stub;
  }

  private static Object read(Object stub, String field, Class<?> type)
      throws ReflectiveOperationException {
    if (type == Hash32.class || type == Address.class) {
      int length = type == Hash32.class ? Hash32.BYTES : Address.BYTES;
      ByteBuffer bytes = ByteBuffer.allocate(length);
      Method element = stub.getClass().getMethod(field, int.class);
      for (int i = 0; i < length; i++) {
        bytes.put(((Number) element.invoke(stub, i)).byteValue());
      }
      return type == Hash32.class ? Hash32.of(bytes.array()) : Address.of(bytes.array());
    }
    Number number = (Number) stub.getClass().getMethod(field).invoke(stub);
    return type == int.class ? (Object) number.intValue() : (Object) number.longValue();
  }
}
