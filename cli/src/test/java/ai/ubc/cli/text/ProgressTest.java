package ai.ubc.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nowMs = new AtomicLong();

  private String said() {
    return bytes.toString(UTF_8);
  }

  @Test
  void plainLinesSayEachNewThingOnceAndNotTooOften() {
    try (Progress progress = Progress.plain(err, nowMs::get)) {
      assertThat(progress.isShown()).isFalse();
      progress.say("one …");
      progress.say("one …");
      progress.say("two …");
      nowMs.set(Sparing.PAUSE_MS - 1);
      progress.say("three …");
      assertThat(said()).isEqualTo("ubc: one …\n");
      nowMs.set(Sparing.PAUSE_MS);
      progress.say("three …");
      progress.say("three …");
      assertThat(said()).isEqualTo("ubc: one …\nubc: three …\n");
    }
  }

  @Test
  void nothingIsSaidOfWhatIsNotWaitedForAnyMore() {
    try (Progress progress = Progress.plain(err, nowMs::get)) {
      progress.say("one …");
      progress.say("two …");
      progress.clear();
      nowMs.set(10 * Sparing.REPEAT_MS);
      progress.clear();
    }
    assertThat(said()).isEqualTo("ubc: one …\n");
  }

  @Test
  void aLineOnATerminalIsReplacedAndGoneAtTheEnd() {
    try (Progress progress = Progress.on(err, true)) {
      assertThat(progress.isShown()).isTrue();
      progress.say("one …");
      progress.say("one …");
      progress.say("two …");
    }
    assertThat(said()).isEqualTo("\r\033[2Kone …\r\033[2Ktwo …\r\033[2K");
  }

  @Test
  void withoutATerminalThereIsNothingUnlessAskedFor() {
    try (Progress progress = Progress.on(err, false);
        Progress none = Progress.none(err);
        Progress own = Progress.onOwn(err, false)) {
      progress.say("one …");
      none.say("one …");
      own.say("one …"); // what is done at once was not waited for
    }
    assertThat(said()).isEmpty();
  }

  @Test
  void whatIsStillWaitedForIsSaidAgainWithItsTime() {
    Sparing sparing = new Sparing(2_000);
    sparing.awaiting("one …", 500);
    assertThat(sparing.due(1_999)).isEmpty();
    assertThat(sparing.due(2_000)).contains("one …");
    sparing.awaiting("one …", 30_000);
    assertThat(sparing.due(2_000 + Sparing.REPEAT_MS - 1)).isEmpty();
    assertThat(sparing.due(2_000 + Sparing.REPEAT_MS)).contains("one … (for 61 s)");
    assertThat(sparing.due(2_000 + Sparing.REPEAT_MS)).isEmpty();
    sparing.awaiting("two …", 70_000);
    assertThat(sparing.due(70_000)).contains("two …");
  }
}
