package ai.ubc.gateway.command;

import ai.ubc.codec.BodyReceipt;
import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.crypto.Signatures;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Vouches for result bodies: reads one from the disk, compares its bytes with its name and its
 * content with nobody's word, and signs what it found and how long the store keeps it. From any
 * thread.
 */
public final class Notary {
  private final Eip712 domain;
  private final KeyPair key;
  private final Bodies bodies;
  private final LongSupplier logTimeMs;
  private final long retentionMs;
  private final Semaphore checks;

  /**
   * A receipt with its signature.
   *
   * @param receipt what it says
   * @param signature the notary's
   */
  public record Signed(BodyReceipt receipt, Signatures.Compact signature) {}

  /**
   * Vouches with {@code key} for {@code bodies}.
   *
   * @param logTimeMs log time now, milliseconds
   * @param retentionMs how long a body is kept from now, milliseconds
   * @param checksMax most bundles that are read at one time, since each is read into memory
   */
  public Notary(
      Eip712 domain,
      KeyPair key,
      Bodies bodies,
      LongSupplier logTimeMs,
      long retentionMs,
      int checksMax) {
    this.domain = domain;
    this.key = key;
    this.bodies = bodies;
    this.logTimeMs = logTimeMs;
    this.retentionMs = retentionMs;
    this.checks = new Semaphore(checksMax);
  }

  /**
   * A receipt for a result that the account has stored.
   *
   * @throws RequestFailure {@code BODY_MISSING} when it has not, {@code BODY_MISMATCH} when the
   *     body is no result bundle, {@code STORE_UNAVAILABLE} when it can not be read, or what is
   *     read is not what was stored
   */
  public Signed receipt(int account, long job, Hash32 body) {
    BodyRules.require(bodies, body, account, "result");
    long heldUntilMs = logTimeMs.getAsLong() + retentionMs;
    checks.acquireUninterruptibly();
    try {
      List<ItemOutput> items = read(body);
      BodyReceipt receipt =
          new BodyReceipt(
              job, JobHashes.resultRoot(items), JobHashes.units(items), body, heldUntilMs);
      return new Signed(receipt, receipt.sign(domain, key));
    } finally {
      checks.release();
    }
  }

  private List<ItemOutput> read(Hash32 body) {
    try {
      Optional<InputStream> opened = bodies.open(body);
      if (opened.isEmpty()) {
        throw BodyRules.unreadable(body);
      }
      try (InputStream content = opened.get()) {
        byte[] archive = content.readAllBytes();
        if (!Sha256.of(archive).equals(body)) {
          throw BodyRules.unreadable(body);
        }
        return ResultBundle.read(new ByteArrayInputStream(archive));
      }
    } catch (MalformedBundleException e) {
      throw RequestFailure.of(
          ProblemCode.BODY_MISMATCH,
          "The body " + body + " is not a result bundle: " + e.getMessage());
    } catch (IOException e) {
      throw BodyRules.unreadable(body);
    }
  }
}
