package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Outcome;
import ai.ubc.provider.wasi.SystemCall.Guest;
import java.util.List;
import java.util.Map;

/**
 * Calls about the program itself: arguments, environment, clocks, random numbers, waiting, the end.
 */
final class ProcessCalls {

  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCKS = 4;
  private static final int SUBSCRIPTION_BYTES = 48;
  private static final int EVENT_BYTES = 32;
  private static final int SUBSCRIPTIONS_MAX = 4_096;
  private static final int EVENT_CLOCK = 0;
  private static final int EVENT_WRITE = 2;
  private static final int ABSOLUTE_TIME = 1;

  /** Hashing a random byte takes about so many times the work of moving one. */
  private static final int RANDOM_BYTE_FACTOR = 64;

  private ProcessCalls() {}

  static void addTo(Map<String, SystemCalls.Entry> calls) {
    SystemCalls.add(calls, "args_get", "ii:i", (g, a) -> copy(g, g.context().arguments(), a));
    SystemCalls.add(calls, "args_sizes_get", "ii:i", (g, a) -> size(g, g.context().arguments(), a));
    SystemCalls.add(calls, "environ_get", "ii:i", (g, a) -> copy(g, g.context().environment(), a));
    SystemCalls.add(
        calls, "environ_sizes_get", "ii:i", (g, a) -> size(g, g.context().environment(), a));
    SystemCalls.add(calls, "clock_res_get", "ii:i", ProcessCalls::clockResolution);
    SystemCalls.add(calls, "clock_time_get", "iIi:i", ProcessCalls::clockTime);
    SystemCalls.add(calls, "poll_oneoff", "iiii:i", ProcessCalls::poll);
    SystemCalls.add(calls, "proc_exit", "i:", ProcessCalls::exit);
    SystemCalls.add(calls, "random_get", "ii:i", ProcessCalls::random);
    SystemCalls.add(calls, "sched_yield", ":i", (g, a) -> {});
  }

  private static void size(Guest guest, List<byte[]> strings, long[] args) throws SystemCallError {
    int bytes = strings.stream().mapToInt(string -> string.length).sum();
    guest.memory().writeU32((int) args[0], strings.size());
    guest.memory().writeU32((int) args[1], bytes);
  }

  private static void copy(Guest guest, List<byte[]> strings, long[] args) throws SystemCallError {
    int pointer = (int) args[0];
    int target = (int) args[1];
    for (byte[] string : strings) {
      guest.chargeBytes(string.length + 4L);
      guest.memory().writeU32(pointer, target);
      guest.memory().writeBytes(target, string, 0, string.length);
      pointer += 4;
      target += string.length;
    }
  }

  private static void requireClock(long id) throws SystemCallError {
    if (id < 0 || id >= CLOCKS) {
      throw new SystemCallError(Errno.INVALID);
    }
  }

  private static void clockResolution(Guest guest, long[] args) throws SystemCallError {
    requireClock(args[0]);
    guest.memory().writeU64((int) args[1], Meter.NANOSECONDS_PER_UNIT);
  }

  private static void clockTime(Guest guest, long[] args) throws SystemCallError {
    requireClock(args[0]);
    guest.memory().writeU64((int) args[2], now(guest, (int) args[0]));
  }

  private static long now(Guest guest, int clock) {
    return guest.elapsedNanoseconds() + (clock == CLOCK_REALTIME ? Meter.CLOCK_START : 0);
  }

  private static void exit(Guest guest, long[] args) {
    throw new ProgramEnded(new Outcome.Exit((int) args[0]));
  }

  private static void random(Guest guest, long[] args) throws SystemCallError {
    int address = (int) args[0];
    int count = (int) args[1];
    guest.memory().requireRange(address, count);
    guest.chargeBytes((long) RANDOM_BYTE_FACTOR * count);
    guest.memory().writeBytes(address, guest.context().random().next(count), 0, count);
  }

  /**
   * Waits for the first of several things. Streams and files are always ready; where only clocks
   * are waited for, virtual time moves to the earliest of them.
   */
  private static void poll(Guest guest, long[] args) throws SystemCallError {
    int subscriptions = (int) args[0];
    int events = (int) args[1];
    int count = (int) args[2];
    if (count <= 0 || count > SUBSCRIPTIONS_MAX) {
      throw new SystemCallError(Errno.INVALID);
    }
    GuestMemory memory = guest.memory();
    memory.requireRange(subscriptions, count * SUBSCRIPTION_BYTES);
    memory.requireRange(events, count * EVENT_BYTES);
    guest.chargeBytes((long) count * (SUBSCRIPTION_BYTES + EVENT_BYTES));
    long wait = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      wait = Math.min(wait, waitOf(guest, subscriptions + i * SUBSCRIPTION_BYTES));
    }
    int ready = 0;
    for (int i = 0; i < count; i++) {
      int subscription = subscriptions + i * SUBSCRIPTION_BYTES;
      if (waitOf(guest, subscription) <= wait) {
        byte[] event = memory.readBytes(subscription, EVENT_BYTES);
        byte type = event[8];
        java.util.Arrays.fill(event, 8, EVENT_BYTES, (byte) 0);
        event[10] = type;
        memory.writeBytes(events + ready * EVENT_BYTES, event, 0, EVENT_BYTES);
        ready++;
      }
    }
    guest.context().sleep(wait);
    memory.writeU32((int) args[3], ready);
  }

  /** Nanoseconds until a subscription is ready. */
  private static long waitOf(Guest guest, int subscription) throws SystemCallError {
    GuestMemory memory = guest.memory();
    int type = memory.readU8(subscription + 8);
    if (type > EVENT_WRITE) {
      throw new SystemCallError(Errno.INVALID);
    }
    if (type != EVENT_CLOCK) {
      guest.context().descriptors().get(memory.readU32(subscription + 16));
      return 0;
    }
    int clock = memory.readU32(subscription + 16);
    requireClock(clock);
    long timeout = memory.readU64(subscription + 24);
    if ((memory.readU16(subscription + 40) & ABSOLUTE_TIME) != 0) {
      return Math.max(0, timeout < 0 ? Long.MAX_VALUE : timeout - now(guest, clock));
    }
    return timeout < 0 ? Long.MAX_VALUE : timeout;
  }
}
