package ai.ubc.cli.job;

import ai.ubc.api.JobView;
import ai.ubc.cli.command.CommandFailure;
import ai.ubc.cli.text.Progress;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Buys the jobs of a map side by side, each once, and keeps their results. */
final class MapJobs {
  /** Jobs that are under way at a time. */
  private static final int PARALLEL_MAX = 8;

  /** How often a job is bought whose provider does not deliver; nothing is paid for those. */
  private static final int ATTEMPTS_MAX = 3;

  private final JobClient jobs;
  private final MapOrders orders;
  private final MapPlan plan;
  private final MapState state;
  private final Departure departure;
  private final Progress progress;
  private final AtomicInteger finished = new AtomicInteger();

  /** The jobs of a plan; what waits for an offer when the process is ended is taken back. */
  MapJobs(
      JobClient jobs,
      MapOrders orders,
      MapPlan plan,
      MapState state,
      Departure departure,
      Progress progress) {
    this.jobs = jobs;
    this.orders = orders;
    this.plan = plan;
    this.state = state;
    this.departure = departure;
    this.progress = progress;
    departure.takeBackBy(jobs);
  }

  /**
   * Waits for all jobs; those whose results are here already are not looked at again. A failure of
   * one does not stop the others.
   *
   * @throws CommandFailure and
   * @throws UbcException the first failure, after all others have ended
   */
  List<MapState.Done> all() throws CommandFailure, UbcException, InterruptedException {
    List<MapState.Done> done = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    try (ExecutorService executor =
        Executors.newFixedThreadPool(PARALLEL_MAX, Thread.ofVirtual().factory())) {
      List<Future<MapState.Done>> running =
          plan.batches().stream().map(batch -> executor.submit(() -> one(batch))).toList();
      for (Future<MapState.Done> job : running) {
        try {
          done.add(job.get());
        } catch (ExecutionException e) {
          failures.add(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
          executor.shutdownNow();
          throw e;
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failure(failures.getFirst());
    }
    return done;
  }

  private static CommandFailure failure(Throwable first)
      throws CommandFailure, UbcException, InterruptedException {
    return switch (first) {
      case CommandFailure e -> e;
      case UbcException e -> throw e;
      case InterruptedException e -> throw e;
      default -> throw new IllegalStateException("a job of the map failed", first);
    };
  }

  private MapState.Done one(MapPlan.Batch batch)
      throws CommandFailure, UbcException, InterruptedException {
    Optional<MapState.Done> before = state.done(batch);
    MapState.Done done = before.isPresent() ? before.get() : bought(batch);
    progress.say(finished.incrementAndGet() + " of " + plan.batches().size() + " jobs done …");
    return done;
  }

  private MapState.Done bought(MapPlan.Batch batch)
      throws CommandFailure, UbcException, InterruptedException {
    List<Long> undelivered = new ArrayList<>();
    while (true) {
      int attempt = undelivered.size() + 1;
      String key = "map " + plan.fingerprint() + " " + batch.number() + " " + attempt;
      long job = bought(batch, key);
      try {
        return state.keep(batch, jobs.await(job, this::take), undelivered);
      } catch (JobNotDelivered e) {
        departure.hold(); // it may be us who took it back
        // One that ended unleased has waited in this run: those of earlier runs are bought anew.
        if (e.job().leased().isEmpty()) {
          throw e;
        }
        undelivered.add(job);
        if (undelivered.size() == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  private long bought(MapPlan.Batch batch, String key)
      throws CommandFailure, UbcException, InterruptedException {
    try {
      return Waiting.buy(
          orders.session(),
          departure,
          () -> jobs.submit(orders.order(batch), key, state.submissions()));
    } catch (LedgerRefused e) {
      throw RefusalMapper.ofPart(batch, orders.validators(), e);
    }
  }

  private void take(JobView job) {
    departure.saw(job);
    if (job.waits()) {
      progress.say("job " + job.job() + " waits for an offer; Ctrl-C takes it back …");
    }
  }
}
