package ai.ubc.sdk.job;

import ai.ubc.api.JobPage;
import ai.ubc.api.JobView;
import ai.ubc.api.MarketView;
import ai.ubc.api.Quote;
import ai.ubc.sdk.EventStream;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.MonotonicClock;
import ai.ubc.sdk.OutcomeUnknown;
import ai.ubc.sdk.Read;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.StreamMessage;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Buys jobs: stores the bodies, submits within the cost limit, reveals the secret when it is asked
 * for, waits for the judgement, and checks the result against what the ledger holds. From any
 * thread; calls block.
 */
public final class JobClient {
  /** How often the job is read when the stream says nothing, milliseconds. */
  private static final long POLL_MS = 2_000;

  /** How long a gateway may be away while a job is waited for, milliseconds. */
  private static final long PATIENCE_MS = 120_000;

  /** Pause between two looks at the market, milliseconds. */
  private static final long MARKET_PAUSE_MS = 250;

  private static final int PAGE = 100;
  private static final int OFFERS_READ = 256;

  /**
   * How often the next offer is tried at once where the market has moved since it was looked at.
   */
  private static final int MOVES_MAX = 4;

  private final Session session;
  private final Sending sending;
  private final Sealing sealing;
  private final JobBodies bodies;
  private final JobSigner signer;
  private final MonotonicClock clock;

  /** Is told of each submission right before it is sent. */
  @FunctionalInterface
  public interface Sending {
    /** It is sent when this returns, and not before. */
    void begins() throws InterruptedException;
  }

  /** A client of the session's account that keeps secrets in {@code secrets}. */
  public JobClient(Session session, SecretStore secrets) {
    this(session, secrets, () -> {});
  }

  /** The same, where {@code sending} hears of submissions, and can hold them up. */
  public JobClient(Session session, SecretStore secrets, Sending sending) {
    this.session = session;
    this.sending = sending;
    this.sealing = new Sealing(session);
    this.bodies = new JobBodies(session, sealing);
    this.signer = new JobSigner(session, secrets, sending);
    this.clock = session.client().clock();
  }

  /**
   * Buys a job and waits for its result.
   *
   * @throws JobNotDelivered when it ended without a result; nothing was paid then. {@code
   *     UNMATCHED} when no offer could carry it while it waited for one
   * @throws LedgerRefused when it could not be bought: {@code COST_LIMIT}, {@code
   *     INSUFFICIENT_FUNDS} and others; {@code NO_OFFER} where it was not to wait for one
   * @throws UbcException when the gateway or this machine failed; where the job was submitted,
   *     {@link #await} takes it up again
   */
  public JobResult run(JobOrder order) throws UbcException, InterruptedException {
    return await(submit(order), job -> {});
  }

  /**
   * Stores the bodies and submits the job. Where the best offer was taken meanwhile, the next is
   * tried within the order's limits. Where there is none, the job waits for one on the ledger, with
   * {@link WaitTerms}; it has its number then, and {@link #await} follows it as any other. A
   * private job does not wait there, since it is sealed for the providers of the moment: this call
   * waits instead.
   *
   * @return the job's number
   */
  public long submit(JobOrder order) throws UbcException, InterruptedException {
    try (JobBodies.Packed packed = bodies.pack(order)) {
      return jobOf(buy(order, source(order, packed), submission -> {}));
    }
  }

  /**
   * Submits the job once for ever: what is sent is kept under a name before it is sent, so that the
   * same call, also by another process after a crash, gives the same job and never a second one. A
   * job that ended while it waited for an offer, {@code CANCELLED} or {@code UNMATCHED}, cost
   * nothing and never runs: its name is free again, and the same call buys anew.
   *
   * @param key the name, unique among the orders of the account that the store keeps
   * @param submissions where it is kept
   * @return the job's number
   * @throws KeyInUse when the name is that of an order of other things
   * @throws OutcomeUnknown when it was sent, then or now, and nobody can tell whether it ran; the
   *     same call tells later
   */
  public long submit(JobOrder order, String key, SubmissionStore submissions)
      throws UbcException, InterruptedException {
    try (SubmissionStore.Slot slot = submissions.open(key);
        JobBodies.Packed packed = bodies.pack(order)) {
      String fingerprint = packed.fingerprint(order);
      OptionalLong known = resumed(key, slot, fingerprint);
      if (known.isPresent()) {
        return known.getAsLong();
      }
      long seq =
          buy(
              order,
              source(order, packed),
              signed -> slot.keep(new Submission(fingerprint, signed, OptionalLong.empty())));
      return kept(slot, seq);
    } catch (IOException e) {
      throw new LocalFault("can not keep what was submitted as " + key, e);
    }
  }

  // Empty when nothing that was sent under the key ran, or ever will.
  private OptionalLong resumed(String key, SubmissionStore.Slot slot, String fingerprint)
      throws UbcException, IOException, InterruptedException {
    Optional<Submission> before = slot.submission();
    if (before.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong job = before.get().job();
    if (job.isPresent() && hasEndedUnleased(job.getAsLong())) {
      return OptionalLong.empty();
    }
    if (!before.get().order().equals(fingerprint)) {
      throw new KeyInUse(key, job);
    }
    if (job.isPresent()) {
      return job;
    }
    sending.begins();
    try {
      long resent = kept(slot, session.resend(before.get().command()));
      return hasEndedUnleased(resent) ? OptionalLong.empty() : OptionalLong.of(resent);
    } catch (LedgerRefused e) {
      return OptionalLong.empty();
    }
  }

  // An end is for ever, so a read that lags can only miss it, and then the job is awaited.
  private boolean hasEndedUnleased(long job) throws UbcException, InterruptedException {
    return JobMapper.hasEndedUnleased(session.client().job(job, 0).value());
  }

  private long kept(SubmissionStore.Slot slot, long submittedSeq)
      throws UbcException, IOException, InterruptedException {
    long job = jobOf(submittedSeq);
    slot.keep(slot.submission().orElseThrow().withJob(job));
    return job;
  }

  /** Where the bodies of an order come from. */
  @FunctionalInterface
  private interface Source {
    /**
     * Bodies that whoever runs the job can read.
     *
     * @param quote the offer that is to be taken; empty where it may be anybody's, which is not for
     *     private jobs
     */
    JobBodies.Stored at(Optional<Quote> quote) throws UbcException, InterruptedException;
  }

  private Source source(JobOrder order, JobBodies.Packed packed)
      throws UbcException, InterruptedException {
    if (!order.isPrivate()) {
      JobBodies.Stored stored = bodies.store(packed);
      return quote -> stored;
    }
    return new Source() {
      private Sealing.@Nullable Sealed last;

      @Override
      public JobBodies.Stored at(Optional<Quote> quote) throws UbcException, InterruptedException {
        Quote taken = quote.orElseThrow();
        Sealing.Sealed sealed = last;
        if (sealed == null || !sealed.isFor(taken.provider())) {
          sealed = sealing.store(packed, candidates(order, taken));
          last = sealed;
        }
        return sealed.stored();
      }
    };
  }

  private List<Integer> candidates(JobOrder order, Quote quote)
      throws UbcException, InterruptedException {
    MarketView market = session.client().market(OptionalInt.empty(), OFFERS_READ, 0).value();
    return JobMapper.candidates(market, quote, order, session.account(), Sealing.PROVIDERS_MAX);
  }

  private long buy(JobOrder order, Source source, JobSigner.Keeper keeper)
      throws UbcException, InterruptedException {
    long giveUpMs = clock.nowMs() + order.waitMs();
    int moves = 0;
    while (true) {
      try {
        Quote quote =
            WaitTermsMapper.quote(JobMapper.ask(order, session.account()), session.client());
        return signer.submit(
            order, JobMapper.terms(order, quote), source.at(Optional.of(quote)), keeper);
      } catch (LedgerRefused e) {
        if (!WaitTerms.mayCure(e.refusal())) {
          throw e;
        }
        // What was logged was quoted before: the market has moved, and has perhaps another offer.
        boolean hasMoved = e.seq() != 0 && ++moves < MOVES_MAX;
        if (hasMoved) {
          continue;
        }
        if (order.waitMs() > 0 && !order.isPrivate()) {
          return queue(order, source, keeper);
        }
        if (clock.nowMs() + MARKET_PAUSE_MS > giveUpMs) {
          throw e;
        }
      }
      clock.sleep(MARKET_PAUSE_MS);
    }
  }

  private long queue(JobOrder order, Source source, JobSigner.Keeper keeper)
      throws UbcException, InterruptedException {
    WaitTerms terms =
        WaitTermsMapper.of(
            JobMapper.ask(order, session.account()),
            session.client().market(OptionalInt.empty(), OFFERS_READ, 0).value(),
            session.client().network().parameters());
    return signer.submit(
        order,
        new JobMapper.Terms(terms.units(), terms.limitPriceMicros(), order.waitMs()),
        source.at(Optional.empty()),
        keeper);
  }

  private long jobOf(long submittedSeq) throws UbcException, InterruptedException {
    OptionalInt account = OptionalInt.of(session.account());
    long before = 0;
    while (true) {
      JobPage page = session.client().jobs(account, PAGE, before, submittedSeq).value();
      for (JobView job : page.jobs()) {
        if (job.submittedSeq() == submittedSeq) {
          return job.job();
        }
      }
      Long further = page.before();
      if (further == null) {
        throw new GatewayProblem(
            GatewayProblem.BAD_ANSWER,
            0,
            "the job of entry " + submittedSeq + " is not among the account's jobs",
            0,
            null);
      }
      before = further;
    }
  }

  /**
   * Waits for a job of this account, also for an offer to take it, reveals its secret when it is
   * asked for and at hand, and gives drawn validators the key of a private job.
   *
   * @param changes is told the job at first and whenever it has changed
   * @throws JobNotDelivered when it ended without a result
   */
  public JobResult await(long job, Consumer<JobView> changes)
      throws UbcException, InterruptedException {
    Read<JobView> read = session.client().job(job, 0);
    changes.accept(read.value());
    try (EventStream stream =
        session.client().stream(OptionalInt.of(session.account()), read.seq())) {
      boolean revealed = false;
      Set<Integer> served = new HashSet<>();
      while (!JobMapper.isDecided(read.value())) {
        OptionalLong after = OptionalLong.empty();
        if (JobMapper.isAwaitingSecret(read.value()) && !revealed) {
          after = signer.reveal(read.value());
          revealed = true;
        }
        JobView now = read.value();
        sealing.serve(job, now.input(), JobMapper.drawn(now), served);
        long news = after.isPresent() ? after.getAsLong() : waitForNews(stream, read.seq());
        Read<JobView> next = readPatiently(job, news);
        if (next.value().updatedSeq() != read.value().updatedSeq()) {
          changes.accept(next.value());
        }
        read = next;
      }
    }
    signer.forget(read.value());
    return finish(read.value());
  }

  /**
   * Takes back a job that waits for an offer; what is held for it returns, and it costs nothing.
   * The account's owner can, and the session key that submitted it.
   *
   * @throws LedgerRefused {@code NOT_PARTY} when it is none of this key's jobs
   */
  public Cancellation cancel(long job) throws UbcException, InterruptedException {
    JobView view = session.client().job(job, signer.cancel(job)).value();
    Cancellation cancellation = JobMapper.cancellation(view);
    if (cancellation == Cancellation.TAKEN_BACK) {
      signer.forget(view);
    }
    return cancellation;
  }

  // Returns the next entry behind the last read that concerns the account; 0 when the poll is due.
  // A read that does not wait for that entry may stand before it, and nothing would tell again.
  private long waitForNews(EventStream stream, long readSeq)
      throws UbcException, InterruptedException {
    long until = clock.nowMs() + POLL_MS;
    for (long left = POLL_MS; left > 0; left = until - clock.nowMs()) {
      Optional<StreamMessage> message = stream.next(left);
      if (message.isEmpty()) {
        return 0;
      }
      if (message.get() instanceof StreamMessage.Entry && message.get().seq() > readSeq) {
        return message.get().seq();
      }
    }
    return 0;
  }

  private Read<JobView> readPatiently(long job, long after)
      throws UbcException, InterruptedException {
    long giveUpMs = clock.nowMs() + PATIENCE_MS;
    while (true) {
      try {
        return session.client().job(job, after);
      } catch (GatewayUnreachable | GatewayProblem e) {
        if (!e.isRetryable() || clock.nowMs() > giveUpMs) {
          throw e;
        }
        clock.sleep(POLL_MS);
      }
    }
  }

  /**
   * The result of a job as it stands now, without waiting; empty while it is not decided.
   *
   * @throws JobNotDelivered when it ended without a result
   */
  public Optional<JobResult> result(long job) throws UbcException, InterruptedException {
    JobView view = session.client().job(job, 0).value();
    return JobMapper.isDecided(view) ? Optional.of(finish(view)) : Optional.empty();
  }

  private JobResult finish(JobView job) throws UbcException, InterruptedException {
    Optional<String> failure = JobMapper.failure(job);
    if (failure.isPresent()) {
      throw new JobNotDelivered(job, failure.get());
    }
    JobView.Result opened = Objects.requireNonNull(job.result(), "a paid job is opened");
    JobBodies.Delivered result = bodies.result(opened.body(), job.input());
    if (!JobMapper.isOpened(job, result.items())) {
      throw new GatewayProblem(
          GatewayProblem.BODY_DIFFERS,
          0,
          "the result of job " + job.job() + " is not what its provider opened on the ledger",
          0,
          null);
    }
    long price = JobMapper.priceMicros(job, session.client().network().parameters());
    return new JobResult(job, result.plain(), opened.units(), price);
  }
}
