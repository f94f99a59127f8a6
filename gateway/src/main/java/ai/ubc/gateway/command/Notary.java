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
import ai.ubc.codec.seal.SealedBody;
import ai.ubc.codec.seal.SealedResult;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Vouches for result bodies: reads one from the disk, compares its bytes with its name, and signs
 * what it found and how long the store keeps it. Of a sealed result it signs root and units as the
 * provider stated them there. From any thread.
 */
public final class Notary {
  /** How long a receipt waits for its turn, milliseconds. */
  static final long WAIT_MS = 5_000;

  private final Eip712 domain;
  private final KeyPair key;
  private final Bodies bodies;
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
   * @param retentionMs how long a body is kept once its time begins, milliseconds
   * @param checksMax most bundles that are read at one time, since each is read into memory
   */
  public Notary(Eip712 domain, KeyPair key, Bodies bodies, long retentionMs, int checksMax) {
    this.domain = domain;
    this.key = key;
    this.bodies = bodies;
    this.retentionMs = retentionMs;
    this.checks = new Semaphore(checksMax, true);
  }

  /**
   * A receipt for a result that the account has stored.
   *
   * @param input the job's input: a sealed result is vouched for where that is sealed too, since
   *     elsewhere nobody has a key to open it with
   * @throws RequestFailure {@code BODY_MISSING} when it has not, or what lies there is no longer
   *     what was stored, so that it must be stored again; {@code BODY_MISMATCH} when the body is no
   *     result bundle, or sealed and the input is not; {@code OVERLOADED} when too many wait for
   *     theirs
   */
  public Signed receipt(int account, long job, Hash32 body, Hash32 input)
      throws InterruptedException {
    long keptFromMs = BodyRules.require(bodies, body, account, "result");
    if (!checks.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
      throw RequestFailure.of(
          ProblemCode.OVERLOADED, "Too many receipts are asked for. Ask again in a second.");
    }
    try {
      SealedResult result = read(body, input);
      BodyReceipt receipt =
          new BodyReceipt(job, result.resultRoot(), result.units(), body, keptFromMs + retentionMs);
      return new Signed(receipt, receipt.sign(domain, key));
    } finally {
      checks.release();
    }
  }

  private SealedResult read(Hash32 body, Hash32 input) {
    try (DigestInputStream archive =
        new DigestInputStream(
            bodies.open(body).orElseThrow(() -> damaged(body)), Sha256.digest())) {
      SealedResult result = content(archive, input);
      archive.transferTo(OutputStream.nullOutputStream());
      if (!Hash32.of(archive.getMessageDigest().digest()).equals(body)) {
        throw damaged(body);
      }
      return result;
    } catch (MalformedBundleException e) {
      throw isAsStored(body)
          ? RequestFailure.of(
              ProblemCode.BODY_MISMATCH,
              "The body " + body + " is not a result bundle: " + e.getMessage())
          : damaged(body);
    } catch (IOException e) {
      throw damaged(body);
    }
  }

  // Of a sealed result nobody here can know more than what it says of itself.
  private SealedResult content(InputStream archive, Hash32 input) throws IOException {
    byte[] start = archive.readNBytes(SealedBody.START_BYTES);
    if (!SealedBody.isSealed(start)) {
      // What a sequence has read to its end, it closes.
      InputStream whole =
          new SequenceInputStream(new ByteArrayInputStream(start), new LeftOpen(archive));
      List<ItemOutput> items = ResultBundle.read(whole);
      return new SealedResult(JobHashes.resultRoot(items), JobHashes.units(items));
    }
    if (!isSealedInput(input)) {
      throw new MalformedBundleException("it is sealed, and the job's input is not");
    }
    int length =
        SealedBody.headerLength(SealedBody.Kind.RESULT, start)
            .orElseThrow(() -> new MalformedBundleException("it is sealed, but no result"));
    return SealedResult.read(archive.readNBytes(length))
        .orElseThrow(() -> new MalformedBundleException("its header is none of a sealed result"));
  }

  private boolean isSealedInput(Hash32 input) throws IOException {
    Optional<InputStream> stored = bodies.open(input);
    if (stored.isEmpty()) {
      return false;
    }
    try (InputStream body = stored.get()) {
      byte[] start = body.readNBytes(SealedBody.START_BYTES);
      return SealedBody.headerLength(SealedBody.Kind.INPUT, start).isPresent();
    }
  }

  private boolean isAsStored(Hash32 body) {
    try (DigestInputStream archive =
        new DigestInputStream(
            bodies.open(body).orElseThrow(() -> damaged(body)), Sha256.digest())) {
      archive.transferTo(OutputStream.nullOutputStream());
      return Hash32.of(archive.getMessageDigest().digest()).equals(body);
    } catch (IOException e) {
      return false;
    }
  }

  // Who stored it has it still, and stores it again; it must not pay for this disk.
  private static RequestFailure damaged(Hash32 body) {
    return BodyRules.missing("The result " + body + " can no longer be read back here.", body);
  }

  /** Hands on what it is given, and leaves closing it to who opened it. */
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Whoever opened it reads on.
    }
  }
}
