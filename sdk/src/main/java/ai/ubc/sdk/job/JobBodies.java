package ai.ubc.sdk.job;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.codec.seal.Blinding;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.SealedBody;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stores what a job runs on, and reads what it gave. */
final class JobBodies {
  private final Session session;
  private final Sealing sealing;

  JobBodies(Session session, Sealing sealing) {
    this.session = session;
    this.sealing = sealing;
  }

  /**
   * A result as the store has it.
   *
   * @param items its items, as they are digested
   * @param key what it was sealed with; empty when it was not
   */
  record Delivered(List<ItemOutput> items, Optional<JobKey> key) {
    /** The items as the program left them. */
    List<ItemOutput> plain() {
      return key.flatMap(k -> Blinding.remove(k, items)).orElse(items);
    }
  }

  /**
   * Bodies in the store.
   *
   * @param program SHA-256 of the program
   * @param input SHA-256 of the input bundle
   */
  record Stored(Hash32 program, Hash32 input) {}

  /**
   * An order's program, and its input packed into a file that {@link #close} deletes.
   *
   * @param program file of the program
   * @param programHash its SHA-256
   * @param bundle file of the packed input
   * @param bundleHash its SHA-256
   */
  record Packed(Path program, Hash32 programHash, Path bundle, Hash32 bundleHash)
      implements AutoCloseable {

    /**
     * SHA-256, hexadecimal, of what makes an order the same as another: bodies, check, readers and
     * the most to spend.
     */
    String fingerprint(JobOrder order) {
      String open =
          String.join(
              " ",
              programHash.hex(),
              bundleHash.hex(),
              order.tier().name(),
              Integer.toString(order.validators()),
              order.inputPolicy().name(),
              Long.toString(order.maxCostMicros()));
      String text = order.isPrivate() ? open + " private" : open;
      return Sha256.of(text.getBytes(StandardCharsets.US_ASCII)).hex();
    }

    @Override
    public void close() throws LocalFault {
      try {
        Files.deleteIfExists(bundle);
      } catch (IOException e) {
        throw new LocalFault("can not delete " + bundle, e);
      }
    }
  }

  /**
   * Packs the input of an order, without storing anything.
   *
   * @throws LocalFault when a file of the order can not be read, or is beyond the limits of bundles
   *     or of the network
   */
  Packed pack(JobOrder order) throws LocalFault {
    try {
      Path bundle = Files.createTempFile("ubc-input", ".zip");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
          JobBundle.write(out, order.spec(), order.inputDirectory(), order.stdins());
        }
        return new Packed(
            order.program(),
            hash(order.program(), "the program"),
            bundle,
            hash(bundle, "the packed input"));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(bundle);
        throw e;
      }
    } catch (IOException e) {
      throw new LocalFault("can not read what the job needs", e);
    }
  }

  /** Stores what was packed. */
  Stored store(Packed packed) throws UbcException, InterruptedException {
    session.put(packed.program(), packed.programHash());
    session.put(packed.bundle(), packed.bundleHash());
    sealing.notePlain(packed.bundleHash());
    return new Stored(packed.programHash(), packed.bundleHash());
  }

  private Hash32 hash(Path file, String what) throws IOException {
    long most = session.client().network().blobBytesMax();
    if (Files.size(file) > most) {
      throw new MalformedBundleException(
          what + " has " + Files.size(file) + " bytes, more than the network's " + most);
    }
    return Sha256.of(file);
  }

  /**
   * Reads a result bundle, and opens it where it is sealed.
   *
   * @param sha256 its name
   * @param input the name of the job's input
   * @throws GatewayProblem when it is not there, is no result bundle, or does not open; {@link
   *     GatewayProblem#NO_JOB_KEY} when another key of the account bought the job
   */
  Delivered result(String sha256, String input) throws UbcException, InterruptedException {
    try {
      Path directory = Files.createTempDirectory("ubc-result");
      Path bundle = directory.resolve("result.zip");
      try {
        session.get(Hash32.parse(sha256), bundle, session.client().network().blobBytesMax());
        return delivered(bundle, Hash32.parse(input));
      } finally {
        Files.deleteIfExists(bundle);
        Files.delete(directory);
      }
    } catch (MalformedBundleException e) {
      throw new GatewayProblem(
          GatewayProblem.BODY_DIFFERS,
          0,
          "the body " + sha256 + " is no result: " + e.getMessage(),
          0,
          e);
    } catch (IOException e) {
      throw new LocalFault("can not keep a result", e);
    }
  }

  private Delivered delivered(Path bundle, Hash32 input)
      throws UbcException, IOException, InterruptedException {
    byte[] start;
    try (InputStream in = Files.newInputStream(bundle)) {
      start = in.readNBytes(SealedBody.START_BYTES);
    }
    if (!SealedBody.isSealed(start)) {
      try (InputStream in = Files.newInputStream(bundle)) {
        return new Delivered(ResultBundle.read(in), Optional.empty());
      }
    }
    Optional<JobKey> key = sealing.key(input);
    if (key.isEmpty() && sealing.isSealed(input)) {
      throw new GatewayProblem(
          GatewayProblem.NO_JOB_KEY,
          0,
          "the job is private, and was bought with another key than the one used now, such as a"
              + " session key of the account; its result opens with that key only. Fetch it with"
              + " the key file that bought it",
          0,
          null);
    }
    Optional<byte[]> opened =
        SealedBody.read(SealedBody.Kind.RESULT, Files.readAllBytes(bundle))
            .flatMap(body -> key.flatMap(k -> k.open(body)));
    if (opened.isEmpty()) {
      throw new MalformedBundleException("it does not open with the key of the job");
    }
    return new Delivered(ResultBundle.read(new ByteArrayInputStream(opened.get())), key);
  }
}
