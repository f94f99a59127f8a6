package ai.ubc.codec;

import ai.ubc.codec.generated.CommandCodec;
import ai.ubc.codec.generated.TypedDataTable;
import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded random values of the schema's records. */
public final class Samples {
  private Samples() {}

  /** One command of every kind. */
  static List<Command> commands(Random random) {
    List<Command> commands = new ArrayList<>();
    for (Class<?> kind : Command.class.getPermittedSubclasses()) {
      commands.add((Command) record(kind, random));
    }
    return commands;
  }

  /** A head with any numbers. */
  static Command.Head head(Random random) {
    return new Command.Head(random.nextInt(), random.nextLong(), random.nextLong());
  }

  /** Any hash. */
  public static Hash32 hash(Random random) {
    return new Hash32(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  static Object record(Class<?> kind, Random random) {
    RecordComponent[] components = kind.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(c -> value(c.getType(), c.getName(), random)).toArray();
    try {
      return kind.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(kind.getName(), e);
    }
  }

  private static Object value(Class<?> type, String name, Random random) {
    if (type == Hash32.class) {
      return hash(random);
    }
    if (type == Address.class) {
      return new Address(random.nextLong(), random.nextLong(), random.nextInt());
    }
    // Narrow fields are a byte or two in the schema; only account numbers are 32 bits wide.
    return type == long.class
        ? (Object) random.nextLong()
        : (Object) (name.endsWith("Account") ? random.nextInt() : random.nextInt(256));
  }

  /** The template whose name is that of the command's record. */
  static int templateOf(Command command) {
    return Arrays.stream(TypedDataTable.templates())
        .filter(t -> CommandCodec.name(t).equals(command.getClass().getSimpleName()))
        .findFirst()
        .orElseThrow();
  }
}
