package ai.ubc.sdk.job;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobBundle;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stores what a job runs on, and reads what it gave. */
final class JobBodies {
  private final Session session;

  JobBodies(Session session) {
    this.session = session;
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
      String text =
          String.join(
              " ",
              programHash.hex(),
              bundleHash.hex(),
              order.tier().name(),
              Integer.toString(order.validators()),
              order.inputPolicy().name(),
              Long.toString(order.maxCostMicros()));
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
   * Reads a result bundle.
   *
   * @param sha256 its name
   * @throws GatewayProblem when it is not there, or is no result bundle
   */
  List<ItemOutput> result(String sha256) throws UbcException, InterruptedException {
    try {
      Path directory = Files.createTempDirectory("ubc-result");
      Path bundle = directory.resolve("result.zip");
      try {
        session.get(Hash32.parse(sha256), bundle, session.client().network().blobBytesMax());
        try (InputStream in = Files.newInputStream(bundle)) {
          return ResultBundle.read(in);
        }
      } finally {
        Files.deleteIfExists(bundle);
        Files.delete(directory);
      }
    } catch (MalformedBundleException e) {
      throw new GatewayProblem(
          GatewayProblem.BODY_DIFFERS, 0, "the body " + sha256 + " is no result", 0, e);
    } catch (IOException e) {
      throw new LocalFault("can not keep a result", e);
    }
  }
}
