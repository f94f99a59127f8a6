package ai.ubc.sdk.job;

import ai.ubc.api.JobView;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Refusal;
import ai.ubc.sdk.LedgerRefused;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.SignedCommand;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives the commands of a requester: submits a job with a fresh secret, and reveals the secret. */
final class JobSigner {
  private final Session session;
  private final SecretStore secrets;
  private final JobClient.Sending sending;

  JobSigner(Session session, SecretStore secrets, JobClient.Sending sending) {
    this.session = session;
    this.secrets = secrets;
    this.sending = sending;
  }

  /** Keeps a signed submission before it is sent. */
  @FunctionalInterface
  interface Keeper {
    /**
     * Keeps it until the next one, or for ever.
     *
     * @throws IOException when it can not be kept; then it is not sent
     */
    void keep(SignedCommand submission) throws IOException;
  }

  /**
   * Submits the order; position of its entry in the log.
   *
   * @param terms how it goes to the market
   * @param keeper is given each submission that is about to be sent; one that it was given before
   *     never runs then
   */
  long submit(JobOrder order, JobMapper.Terms terms, JobBodies.Stored bodies, Keeper keeper)
      throws UbcException, InterruptedException {
    byte[] bytes = new byte[Hash32.BYTES];
    session.random().nextBytes(bytes);
    Hash32 secret = Hash32.of(bytes);
    Hash32 secretHash = JobHashes.secretHash(secret);
    try {
      secrets.keep(secret);
    } catch (IOException e) {
      throw new LocalFault("can not keep the secret of a job", e);
    }
    Command submission =
        JobMapper.submission(
            order,
            terms,
            bodies.program(),
            bodies.input(),
            secretHash,
            session.client().network().parameters());
    try {
      return give(submission, keeper);
    } catch (LedgerRefused e) {
      forget(secretHash);
      throw e;
    }
  }

  // Where the ledger refuses it for its notAfter, this machine's idea of log time was wrong: it is
  // read anew, and the submission signed once more. The refused one never ran and never will.
  private long give(Command submission, Keeper keeper) throws UbcException, InterruptedException {
    try {
      return giveOnce(submission, keeper);
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.EXPIRED && e.refusal() != Refusal.NOT_AFTER_TOO_FAR) {
        throw e;
      }
      session.client().status();
      return giveOnce(submission, keeper);
    }
  }

  private long giveOnce(Command submission, Keeper keeper)
      throws UbcException, InterruptedException {
    SignedCommand signed = session.sign(submission);
    try {
      keeper.keep(signed);
    } catch (IOException e) {
      throw new LocalFault("can not keep the submission of a job", e);
    }
    sending.begins();
    return session.send(signed);
  }

  /**
   * Takes back a job that waits for an offer, unless it is too late.
   *
   * @return position of an entry behind which no offer takes it any more
   */
  long cancel(long job) throws UbcException, InterruptedException {
    try {
      return session.submit(new Command.CancelJob(job));
    } catch (LedgerRefused e) {
      if (e.refusal() != Refusal.WRONG_STATE && e.refusal() != Refusal.UNKNOWN_JOB) {
        throw e;
      }
      return e.seq(); // an offer has taken it, its time is over, or it has ended
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
