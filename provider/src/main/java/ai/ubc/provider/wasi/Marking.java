package ai.ubc.provider.wasi;

import ai.ubc.provider.runtime.Bytes;
import ai.ubc.provider.runtime.Mark;
import ai.ubc.provider.runtime.TextOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.ValType;

/**
 * Takes the marks of one item.
 *
 * <p>The program's code draws its units in quanta. A mark is taken at each draw before which the
 * units drawn reached or passed a multiple of the step since the draw before. The step doubles when
 * there would be too many marks, or when memory and output are so large that digests would take a
 * noticeable part of the run; then those marks go that no multiple of the new step lies before. So
 * which marks remain depends on the step alone, not on when it was doubled, and a run that ends
 * earlier has a mark wherever a longer one has.
 */
final class Marking {

  private static final String TAG = "ubc wasi/1 mark";
  private static final byte[] ZEROS = new byte[Memory.PAGE_SIZE];
  private static final long LOW_WORD = 0xFFFF_FFFFL;

  private final MarkRule rule;
  private final Instance instance;
  private final int globals;
  private final UnitMeter meter;
  private final ItemContext context;
  private final long startUnits;
  private final MessageDigest whole = sha256();
  private final MessageDigest part = sha256();
  private final byte[] digestOfZeros = part.digest(ZEROS);
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
  private final List<Taken> taken = new ArrayList<>();

  private long step;
  private long drawnBefore;

  /** A mark, and the units drawn when the code was looked at before. */
  private record Taken(long drawnBefore, Mark mark) {}

  Marking(
      MarkRule rule,
      Instance instance,
      MeterIndices indices,
      UnitMeter meter,
      ItemContext context,
      long startUnits) {
    this.rule = rule;
    this.step = rule.stepMin();
    this.instance = instance;
    this.globals = indices.firstGlobal();
    this.meter = meter;
    this.context = context;
    this.startUnits = startUnits;
    this.drawnBefore = startUnits;
    widenToSize();
    awaitNext();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The marks that remain of those taken so far, in the order of their units. */
  List<Mark> marks() {
    return taken.stream().map(Taken::mark).toList();
  }

  /** Takes the mark that is due, in the thread that runs the program. */
  void mark() {
    long drawn = startUnits + meter.drawn();
    widenToSize();
    while (taken.size() == rule.marksMax() && isDue(drawnBefore, drawn)) {
      widen();
    }
    if (isDue(drawnBefore, drawn)) {
      taken.add(new Taken(drawnBefore, new Mark(drawn, digest(drawn))));
    }
    drawnBefore = drawn;
    awaitNext();
  }

  private void awaitNext() {
    meter.markAfter((drawnBefore / step + 1) * step - startUnits);
  }

  private boolean isDue(long before, long drawn) {
    return before / step < drawn / step;
  }

  private void widenToSize() {
    long pages = instance.memory().pages() + context.budget().bytes() / Memory.PAGE_SIZE;
    while (step < pages * rule.stepPage()) {
      widen();
    }
  }

  private void widen() {
    step *= 2;
    taken.removeIf(each -> !isDue(each.drawnBefore(), each.mark().units()));
  }

  private Bytes digest(long drawn) {
    whole.update(TAG.getBytes(StandardCharsets.US_ASCII));
    putLong(drawn);
    putMemory();
    putGlobals();
    putContent(context.stdout().toBytes().toArray());
    putContent(context.stderr().toBytes().toArray());
    SortedMap<String, Bytes> files = new TreeMap<>(TextOrder.UTF8);
    context.outputDirectory().collect("", files);
    putLong(files.size());
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      putContent(file.getKey().getBytes(StandardCharsets.UTF_8));
      putContent(file.getValue().toArray());
    }
    return Bytes.copyOf(whole.digest());
  }

  private void putMemory() {
    Memory memory = instance.memory();
    putLong(memory.pages());
    for (int page = 0; page < memory.pages(); page++) {
      byte[] bytes = memory.readBytes(page * Memory.PAGE_SIZE, Memory.PAGE_SIZE);
      whole.update(Arrays.equals(bytes, ZEROS) ? digestOfZeros : part.digest(bytes));
    }
  }

  /** Engines differ in what they keep in the upper half of a narrow value. */
  private void putGlobals() {
    putLong(globals);
    for (int i = 0; i < globals; i++) {
      GlobalInstance global = instance.global(i);
      boolean isWide = global.getType().equals(ValType.I64) || global.getType().equals(ValType.F64);
      putLong(isWide ? global.getValue() : global.getValue() & LOW_WORD);
    }
  }

  private void putContent(byte[] bytes) {
    putLong(bytes.length);
    whole.update(part.digest(bytes));
  }

  private void putLong(long value) {
    whole.update(number.putLong(0, value).array());
  }
}
