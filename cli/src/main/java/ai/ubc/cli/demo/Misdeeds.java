package ai.ubc.cli.demo;

import ai.ubc.api.JobView;
import ai.ubc.cli.files.Examples;
import ai.ubc.cli.text.Checks;
import ai.ubc.sdk.UbcClient;
import ai.ubc.sdk.UbcException;
import ai.ubc.sdk.job.JobClient;
import ai.ubc.sdk.job.JobNotDelivered;
import ai.ubc.sdk.job.JobOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Three jobs that meet somebody who does not do its duty: a provider that never commits, one that
 * never opens, and a validator that copies a seal.
 */
final class Misdeeds {
  private static final int QUORUM = 3;
  // Every validator of the network, so that the copier is among them.
  private static final int EVERYBODY = 6;
  private static final long SILENCE_MS = 4_000;
  private static final long RUN_MS = 20_000;

  private final JobClient jobs;
  private final UbcClient client;
  private final Examples examples;
  private final Supplier<Optional<Denial>> copiersDenial;
  private long silent;
  private long withheld;
  private long copied;

  /** Buys with {@code jobs}; {@code copiersDenial} knows what the ledger answered the copier. */
  Misdeeds(
      JobClient jobs,
      UbcClient client,
      Examples examples,
      Supplier<Optional<Denial>> copiersDenial) {
    this.jobs = jobs;
    this.client = client;
    this.examples = examples;
    this.copiersDenial = copiersDenial;
  }

  /** Buys them; the cheapest offer that carries a job takes it. */
  void order() throws UbcException, InterruptedException {
    silent = jobs.submit(words(QUORUM, DemoCast.SMALL_UNITS, SILENCE_MS));
    withheld = jobs.submit(words(QUORUM, DemoCast.SMALL_UNITS, RUN_MS));
    copied = jobs.submit(words(EVERYBODY, DemoCast.MIDDLING_UNITS, JobOrder.RUN_WINDOW_DEFAULT_MS));
  }

  private JobOrder words(int validators, long units, long runWindowMs) {
    return JobOrder.of(examples.program("wordcount"), DemoCast.JOB_COST_MICROS)
        .input(examples.texts())
        .quorum(validators)
        .maxUnits(units)
        .runWindowMs(runWindowMs)
        .build();
  }

  /** Waits until each has ended, well or not. */
  void await() throws UbcException, InterruptedException {
    for (long job : new long[] {silent, withheld, copied}) {
      try {
        jobs.await(job, view -> {});
      } catch (JobNotDelivered e) {
        // What it ended as is checked below.
      }
    }
  }

  void print(JobReport report) throws UbcException, InterruptedException {
    report.print(DemoCast.SILENT + " takes a job and is never heard of again", view(silent));
    report.print(DemoCast.WITHHOLDER + " commits to a result and keeps it", view(withheld));
    report.print(
        "every validator is drawn; " + DemoCast.COPIER + " seals what another one sealed",
        view(copied));
    copiersDenial
        .get()
        .ifPresent(denial -> report.denied(DemoCast.COPIER + " opens what it copied", denial));
  }

  /** Checks how they ended; {@code accounts} knows everybody's account by name. */
  void check(Checks checks, ToIntFunction<String> accounts)
      throws UbcException, InterruptedException {
    checks.check(
        "the silent provider was judged ABANDONED, and the agent paid nothing",
        isBy(DemoCast.SILENT, view(silent), accounts)
            && StoryMapper.isAbandoned(view(silent))
            && StoryMapper.isFree(view(silent)));
    checks.check(
        "the one that kept its result was judged WITHHELD, and the agent paid nothing",
        isBy(DemoCast.WITHHOLDER, view(withheld), accounts)
            && StoryMapper.isWithheld(view(withheld))
            && StoryMapper.isFree(view(withheld)));
    JobView.Drawn copier = drawn(accounts.applyAsInt(DemoCast.COPIER));
    checks.check(
        "the copied seal could not be opened, and the others' verdict stood",
        isCopied(copier) && copier.verdict() == null && StoryMapper.isAccepted(view(copied)));
  }

  private static boolean isBy(String name, JobView job, ToIntFunction<String> accounts) {
    return job.isRunBy(accounts.applyAsInt(name));
  }

  private JobView.Drawn drawn(int account) throws UbcException, InterruptedException {
    return view(copied).rounds().getFirst().validators().stream()
        .filter(drawn -> drawn.validator() == account)
        .findFirst()
        .orElseThrow();
  }

  private boolean isCopied(JobView.Drawn copier) throws UbcException, InterruptedException {
    return view(copied).rounds().getFirst().validators().stream()
        .anyMatch(other ->
            other.validator() != copier.validator() && Objects.equals(other.seal(), copier.seal()));
  }

  private JobView view(long job) throws UbcException, InterruptedException {
    return client.job(job, 0).value();
  }
}
