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
   * Stores program and input of an order.
   *
   * @throws LocalFault when a file of the order can not be read, or is beyond the limits of bundles
   *     or of the network
   */
  Stored store(JobOrder order) throws UbcException, InterruptedException {
    try {
      Path bundle = Files.createTempFile("ubc-input", ".zip");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
          JobBundle.write(out, order.spec(), order.inputDirectory(), order.stdins());
        }
        return new Stored(store(order.program(), "the program"), store(bundle, "the packed input"));
      } finally {
        Files.deleteIfExists(bundle);
      }
    } catch (IOException e) {
      throw new LocalFault("can not read what the job needs", e);
    }
  }

  private Hash32 store(Path file, String what)
      throws IOException, UbcException, InterruptedException {
    long most = session.client().network().blobBytesMax();
    if (Files.size(file) > most) {
      throw new MalformedBundleException(
          what + " has " + Files.size(file) + " bytes, more than the network's " + most);
    }
    Hash32 sha256 = Sha256.of(file);
    session.put(file, sha256);
    return sha256;
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
