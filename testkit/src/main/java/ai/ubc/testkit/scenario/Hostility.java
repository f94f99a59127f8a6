package ai.ubc.testkit.scenario;

import ai.ubc.domain.Address;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import java.lang.reflect.RecordComponent;

/** Changes one field of a command to something that an attacker, or a bug, would send. */
final class Hostility {
  private final Dice dice;
  private final World world;

  Hostility(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
  }

  /** The command with one field changed, if it has any; sometimes to what it was. */
  Command mutate(Command command) {
    RecordComponent[] components = command.getClass().getRecordComponents();
    if (components.length == 0) {
      return command;
    }
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    int chosen = dice.below(components.length);
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object value = components[i].getAccessor().invoke(command);
        values[i] = i == chosen ? mutate(components[i].getName(), value) : value;
      }
      return command.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException notARecord) {
      throw new IllegalStateException("not a public record: " + command, notARecord);
    }
  }

  private Object mutate(String name, Object value) {
    return switch (value) {
      case Integer number -> mutate(number);
      case Long number when name.equals("job") -> job(number);
      case Long number -> mutate(number);
      case Hash32 hash -> mutate(hash);
      case Address address -> dice.of(Address.ZERO, dice.address(), dice.of(world.owners.values()));
      default -> throw new IllegalStateException("no such field: " + name);
    };
  }

  private int mutate(int value) {
    return dice.of(
        0,
        -1,
        1,
        2,
        3,
        value + 1,
        value - 1,
        value + 256,
        value + 65_536,
        -value,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE);
  }

  private long mutate(long value) {
    return dice.of(
        0L,
        -1L,
        1L,
        value + 1,
        value - 1,
        value + (1L << 32),
        -value,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        dice.magnitude(Long.MAX_VALUE));
  }

  private long job(long value) {
    return dice.of(
        0L, -1L, value + 1, value + (1L << 32), dice.between(1, world.jobs.size()), Long.MIN_VALUE);
  }

  private Hash32 mutate(Hash32 hash) {
    return dice.of(
        Hash32.ZERO,
        dice.hash(),
        new Hash32(hash.word0() ^ 1, hash.word1(), hash.word2(), hash.word3()),
        new Hash32(hash.word0(), hash.word1(), hash.word2(), hash.word3() ^ Long.MIN_VALUE),
        new Hash32(0, 0, 0, 1));
  }
}
