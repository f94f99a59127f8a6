package ai.ubc.cli.soak;

import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobOrder;
import ai.ubc.sdk.job.SecretStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Clients that buy jobs while the network is killed. From any thread. */
final class Buyers {
  private static final long COST_MICROS = 1_000_000;
  private static final int BUYERS = 2;
  private static final int PRIMES_UP_TO = 10_000;

  private final JobClient jobs;
  private final Path program;
  private final List<Thread> threads;
  private final Set<Long> submitted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger notDelivered = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile boolean ending;

  /** Begins to buy runs of a program that counts primes. */
  Buyers(Session session, SecretStore secrets, Path program) {
    this.jobs = new JobClient(session, secrets);
    this.program = program;
    this.threads =
        IntStream.range(0, BUYERS)
            .mapToObj(i -> Thread.ofVirtual().name("buyer-" + i).start(() -> buy(i)))
            .toList();
  }

  // Every other job is checked; they are small, and each differs a little.
  private void buy(int buyer) {
    for (int n = 0; !ending; n++) {
      JobOrder order =
          JobOrder.of(program, COST_MICROS)
              .args(Integer.toString(PRIMES_UP_TO + n))
              .quorum((n + buyer) % 2 == 0 ? JobOrder.VALIDATORS_DEFAULT : 0)
              .build();
      try {
        long job = jobs.submit(order);
        submitted.add(job);
        jobs.await(job, view -> {});
        delivered.incrementAndGet();
      } catch (JobNotDelivered e) {
        notDelivered.incrementAndGet();
      } catch (UbcException e) {
        lost.incrementAndGet();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Jobs whose result was had so far. */
  int delivered() {
    return delivered.get();
  }

  /** Jobs that ended without a result; nothing was paid for them. */
  int notDelivered() {
    return notDelivered.get();
  }

  /** Orders that a client gave up, before or after it knew a job's number. */
  int lost() {
    return lost.get();
  }

  /** Jobs whose number a client was told. */
  Set<Long> submitted() {
    return Set.copyOf(submitted);
  }

  /** Lets the jobs that were bought come to their end, and buys no more. */
  void finish() throws InterruptedException {
    ending = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Stops in the middle of whatever is under way. */
  void stop() {
    ending = true;
    threads.forEach(Thread::interrupt);
  }
}
