package ai.ubc.sdk.job;

import ai.ubc.api.JobView;
import ai.ubc.api.Quote;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.QuoteRequest;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Gives the commands of a requester: submits a job with a fresh secret, and reveals the secret. */
final class JobSigner {
  private final Session session;
  private final SecretStore secrets;
  private final SecureRandom random = new SecureRandom();

  JobSigner(Session session, SecretStore secrets) {
    this.session = session;
    this.secrets = secrets;
  }

  /** What the order costs now. */
  Quote quote(JobOrder order) throws UbcException, InterruptedException {
    Quote quote =
        session
            .client()
            .quote(
                new QuoteRequest(
                    order.tier(),
                    order.validators(),
                    order.maxUnits(),
                    OptionalLong.of(order.maxCostMicros()),
                    OptionalInt.of(session.account())));
    if (quote.unitPriceMicros() > order.limitPriceMicros().orElse(Long.MAX_VALUE)) {
      throw new LedgerRefused(
          Refusal.NO_OFFER,
          0,
          0,
          "the best offer asks "
              + quote.unitPriceMicros()
              + " micro-COMPUTE for 1,000,000 units, more than the order's limit");
    }
    return quote;
  }

  /** Submits the order; position of its entry in the log. */
  long submit(JobOrder order, Quote quote, JobBodies.Stored bodies)
      throws UbcException, InterruptedException {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    Hash32 secret = Hash32.of(bytes);
    Hash32 secretHash = JobHashes.secretHash(secret);
    try {
      secrets.keep(secret);
    } catch (IOException e) {
      throw new LocalFault("can not keep the secret of a job", e);
    }
    try {
      return session.submit(
          JobMapper.submission(
              order,
              quote,
              bodies.program(),
              bodies.input(),
              secretHash,
              session.client().network().parameters()));
    } catch (LedgerRefused e) {
      forget(secretHash);
      throw e;
    }
  }

  /**
   * Reveals the job's secret.
   *
   * @return position of the entry behind which the job does not wait for it any more; empty when
   *     this program does not have the secret, and the job goes on without it
   */
  OptionalLong reveal(JobView job) throws UbcException, InterruptedException {
    Hash32 secretHash = JobMapper.secretHash(job);
    Optional<Hash32> secret;
    try {
      secret = secrets.find(secretHash);
    } catch (IOException e) {
      throw new LocalFault("can not read the secret of job " + job.job(), e);
    }
    if (secret.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(session.submit(new Command.RevealSecret(job.job(), secret.get())));
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.WRONG_STATE && e.refusal() != Refusal.UNKNOWN_JOB) {
        throw e;
      }
      return OptionalLong.of(e.seq()); // too late, or revealed before
    }
  }

  /** Forgets the secret of a job that is over. */
  void forget(JobView job) throws LocalFault {
    forget(JobMapper.secretHash(job));
  }

  private void forget(Hash32 secretHash) throws LocalFault {
    try {
      secrets.forget(secretHash);
    } catch (IOException e) {
      throw new LocalFault("can not delete a secret", e);
    }
  }
}
