package ai.ubc.cli.ledger;

import ai.ubc.cli.text.Progress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Says how far a journal has been read, when that takes longer than a second. */
final class EntryProgress implements LongConsumer {
  private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int LOOK_EVERY = 1_024;

  private final Progress progress;
  private final String what;
  private long saidNs = System.nanoTime();

  EntryProgress(Progress progress, String what) {
    this.progress = progress;
    this.what = what;
  }

  @Override
  public void accept(long seq) {
    if (seq % LOOK_EVERY == 0 && System.nanoTime() - saidNs > SILENT_NS) {
      saidNs = System.nanoTime();
      progress.say(what + " entry " + seq + " …");
    }
  }
}
