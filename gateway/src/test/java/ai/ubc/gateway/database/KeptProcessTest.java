package ai.ubc.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeptProcessTest {
  // How long a broken test waits.
  private static final long LIMIT_S = 60;

  /** A process that lives until it is told to end. */
  private static final class FakeProcess extends Process {
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      end.await();
      return 0;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      return end.await(timeout, unit);
    }

    @Override
    public int exitValue() {
      return 0;
    }

    @Override
    public void destroy() {
      end.countDown();
    }
  }

  /** Hands out what a test put there: a process, or nothing for a start that fails. */
  private static final class FakeLauncher implements KeptProcess.Launcher {
    private final BlockingQueue<FakeProcess> launched = new LinkedBlockingQueue<>();
    private final Deque<Boolean> failures = new ArrayDeque<>();

    synchronized void failNext(int times) {
      for (int i = 0; i < times; i++) {
        failures.add(true);
      }
    }

    @Override
    public synchronized Process launch() throws IOException {
      @Nullable Boolean failure = failures.poll();
      if (failure != null) {
        throw new IOException("told so");
      }
      FakeProcess process = new FakeProcess();
      launched.add(process);
      return process;
    }

    FakeProcess next() throws InterruptedException {
      FakeProcess process = launched.poll(LIMIT_S, TimeUnit.SECONDS);
      assertThat(process).isNotNull();
      return process;
    }
  }

  /** Time that passes only in pauses, and when a test says so. */
  private static final class FakeTime implements KeptProcess.Time {
    private final BlockingQueue<Long> pauses = new LinkedBlockingQueue<>();
    private final Semaphore looks = new Semaphore(0);
    private long nowNs;

    @Override
    public synchronized long nowNs() {
      looks.release();
      return nowNs;
    }

    @Override
    public void pause(long ms) {
      pass(ms);
      pauses.add(ms);
    }

    synchronized void pass(long ms) {
      nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    long nextPause() throws InterruptedException {
      Long pause = pauses.poll(LIMIT_S, TimeUnit.SECONDS);
      return pause == null ? -1 : pause;
    }
  }

  private final FakeLauncher launcher = new FakeLauncher();
  private final FakeTime time = new FakeTime();

  @Test
  void pausesGrowWhileStartsFailUpToABound() throws Exception {
    try (KeptProcess _ = KeptProcess.start("it", launcher, time)) {
      FakeProcess first = launcher.next();
      launcher.failNext(8);
      first.destroy();
      for (long ms = KeptProcess.PAUSE_FIRST_MS; ms < KeptProcess.PAUSE_LAST_MS; ms *= 2) {
        assertThat(time.nextPause()).isEqualTo(ms);
      }
      assertThat(time.nextPause()).isEqualTo(KeptProcess.PAUSE_LAST_MS);
      assertThat(time.nextPause()).isEqualTo(KeptProcess.PAUSE_LAST_MS);
      launcher.next();
    }
  }

  @Test
  void aProcessThatDoesNotLastIsStartedAgainEverLaterAndOneThatLastedAtOnce() throws Exception {
    try (KeptProcess _ = KeptProcess.start("it", launcher, time)) {
      for (long ms = KeptProcess.PAUSE_FIRST_MS; ms <= 800; ms *= 2) {
        launcher.next().destroy();
        assertThat(time.nextPause()).isEqualTo(ms);
      }
      FakeProcess lasting = launcher.next();
      // At the begin and the end of each of four, and at the begin of this one.
      assertThat(time.looks.tryAcquire(4 * 2 + 1, LIMIT_S, TimeUnit.SECONDS)).isTrue();
      time.pass(KeptProcess.LASTING_MS);
      lasting.destroy();
      assertThat(time.nextPause()).isEqualTo(KeptProcess.PAUSE_FIRST_MS);
      launcher.next();
    }
  }

  @Test
  void closingDoesNotWaitForAStartAndGivesItUp() throws Exception {
    CountDownLatch launching = new CountDownLatch(1);
    CountDownLatch givenUp = new CountDownLatch(1);
    FakeProcess first = new FakeProcess();
    KeptProcess.Launcher hanging =
        () -> {
          if (first.end.getCount() > 0) {
            return first;
          }
          launching.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("not reached");
          } finally {
            givenUp.countDown();
          }
        };
    KeptProcess kept = KeptProcess.start("it", hanging, time);
    first.destroy();
    assertThat(launching.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
    assertThat(kept.process()).isSameAs(first);
    kept.close();
    assertThat(givenUp.getCount()).isZero();
  }

  @Test
  void aProcessThatCameUpAfterItWasLetGoIsEnded() throws Exception {
    CountDownLatch launching = new CountDownLatch(1);
    FakeProcess first = new FakeProcess();
    FakeProcess late = new FakeProcess();
    KeptProcess.Launcher deaf =
        () -> {
          if (first.end.getCount() > 0) {
            return first;
          }
          launching.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            return late;
          }
          return first;
        };
    KeptProcess kept = KeptProcess.start("it", deaf, time);
    first.destroy();
    assertThat(launching.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
    kept.close();
    assertThat(late.end.getCount()).isZero();
    assertThat(kept.process()).isSameAs(first);
  }

  @Test
  void aFirstStartThatFailsIsReported() {
    launcher.failNext(1);
    assertThatThrownBy(() -> KeptProcess.start("it", launcher, time))
        .isInstanceOf(IOException.class)
        .hasMessage("told so");
  }
}
