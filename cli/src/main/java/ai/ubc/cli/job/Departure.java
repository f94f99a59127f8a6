package ai.ubc.cli.job;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import ai.ubc.api.JobView;
import ai.ubc.cli.client.ClientCommand;
import ai.ubc.cli.client.OutcomeMapper;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * While it is open, a Ctrl-C or a SIGTERM takes back what this command bought and still waits for
 * an offer, and says how to come back to what goes on without us. From any thread.
 */
final class Departure implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Departure.class.getName());

  /** How long the process may take to end, since whoever ended it waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Hears what came of the command. */
  @FunctionalInterface
  interface Report {
    /** The outcome, the process's exit code, and what else there is to say. */
    void leave(String outcome, int exitCode, Map<String, Object> facts);
  }

  private final PrintStream err;
  private final Report report;
  private final boolean isMap;
  private final LastSignal signal = new LastSignal();
  // Who sends a submission now, and does not know yet what became of it.
  private final Set<Thread> sending = new HashSet<>();
  private boolean leaving;
  // The jobs that were bought, and whether each may be waiting for an offer.
  private final Map<Long, Boolean> bought = new ConcurrentSkipListMap<>();
  private volatile @Nullable JobClient buyer;
  private final Thread hook;

  private Departure(boolean isMap, PrintStream err, Report report) {
    this.isMap = isMap;
    this.err = err;
    this.report = report;
    hook = new Thread(this::leave, "departure");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** For a job that is about to be bought, or waited for. */
  static Departure ofJob(PrintStream err, Report report) {
    return new Departure(false, err, report);
  }

  /** For the jobs of a map. */
  static Departure ofMap(PrintStream err, Report report) {
    return new Departure(true, err, report);
  }

  /** What waits is taken back by this client from now on. */
  void takeBackBy(JobClient jobs) {
    buyer = jobs;
  }

  /** Submits a job. */
  @FunctionalInterface
  interface Submission {
    /** Submits it; its number. */
    long submit() throws CommandFailure, UbcException, InterruptedException;
  }

  /**
   * Buys a job. What is being sent when the process is ended is waited for, so that it is known
   * what was bought.
   */
  long buy(Submission submission) throws CommandFailure, UbcException, InterruptedException {
    try {
      long job = submission.submit();
      bought(job);
      return job;
    } finally {
      settle();
      hold();
    }
  }

  private synchronized void settle() {
    sending.remove(Thread.currentThread());
    notifyAll();
  }

  /** A submission is about to be sent; where the process is being ended, it is not. */
  synchronized void sends() throws InterruptedException {
    hold();
    sending.add(Thread.currentThread());
  }

  /** The job is bought. */
  void bought(long job) {
    bought.putIfAbsent(job, true);
  }

  /** The job is so now. */
  void saw(JobView job) {
    bought.put(job.job(), job.waits());
  }

  /** Returns at once, or, where the process is being ended, never. */
  synchronized void hold() throws InterruptedException {
    while (leaving) {
      wait();
    }
  }

  private synchronized void awaitSent(long untilNs) throws InterruptedException {
    leaving = true;
    long leftNs = untilNs - System.nanoTime();
    while (!sending.isEmpty() && leftNs > 0) {
      NANOSECONDS.timedWait(this, leftNs);
      leftNs = untilNs - System.nanoTime();
    }
  }

  private void leave() {
    long untilNs = System.nanoTime() + PATIENCE.toNanos();
    try {
      awaitSent(untilNs);
      leave(partings(untilNs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(Map<Long, Parting> partings) {
    err.println();
    List<String> lines = new ArrayList<>();
    partings.forEach((job, parting) -> {
      if (!isMap || parting.how() != How.GOES_ON) {
        lines.add(parting.text(job));
      }
    });
    if (isMap) {
      lines.add("what is under way goes on; the same command again takes it up");
    } else if (partings.isEmpty()) {
      lines.add("what was bought, if anything, goes on; look with: ubc jobs list");
    }
    lines.forEach(line -> err.println("ubc: " + line));
    err.flush();
    Map<String, Object> facts = new LinkedHashMap<>();
    List<Long> takenBack =
        partings.keySet().stream().filter(job -> isTakenBack(partings.get(job))).toList();
    if (!isMap && !partings.isEmpty()) {
      facts.put("job", partings.keySet().iterator().next());
    }
    facts.put("takenBack", takenBack);
    facts.put("message", String.join("; ", lines));
    report.leave(
        isMap || takenBack.isEmpty() ? ClientCommand.STOPPED : OutcomeMapper.CANCELLED,
        signal.exitCode(),
        facts);
  }

  private static boolean isTakenBack(@Nullable Parting parting) {
    return parting != null && parting.how() == How.TAKEN_BACK;
  }

  private enum How {
    TAKEN_BACK,
    GOES_ON,
    UNMATCHED,
    WAITS_ON
  }

  private record Parting(How how, String why) {
    String text(long job) {
      return switch (how) {
        case TAKEN_BACK ->
            "job " + job + " is taken back while it waited for an offer; nothing was paid";
        case GOES_ON ->
            "job " + job + " goes on without this command. Its result: ubc jobs wait " + job;
        case UNMATCHED ->
            "job " + job + " waited in vain and ends UNMATCHED; what was held for it returns";
        case WAITS_ON ->
            "job "
                + job
                + " waits on for an offer"
                + why
                + ". To take it back: ubc jobs cancel "
                + job
                + ". Its result: ubc jobs wait "
                + job;
      };
    }
  }

  private Map<Long, Parting> partings(long untilNs) throws InterruptedException {
    Map<Long, Parting> partings = new ConcurrentSkipListMap<>();
    List<Thread> asking = new ArrayList<>();
    JobClient jobs = buyer;
    bought.forEach((job, mayWait) -> {
      partings.put(job, new Parting(mayWait ? How.WAITS_ON : How.GOES_ON, ""));
      if (mayWait && jobs != null) {
        asking.add(Thread.ofVirtual().start(() -> partings.put(job, takenBack(jobs, job))));
      }
    });
    for (Thread thread : asking) {
      boolean _ = thread.join(Duration.ofNanos(Math.max(1, untilNs - System.nanoTime())));
    }
    return new TreeMap<>(partings);
  }

  private static Parting takenBack(JobClient jobs, long job) {
    try {
      How how =
          switch (jobs.cancel(job)) {
            case TAKEN_BACK -> How.TAKEN_BACK;
            case TAKEN -> How.GOES_ON;
            case UNMATCHED -> How.UNMATCHED;
          };
      return new Parting(how, "");
    } catch (UbcException e) {
      return new Parting(How.WAITS_ON, ", and could not be taken back: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Parting(How.WAITS_ON, "");
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      signal.close();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the process is ending, and says so", e);
    }
  }
}
