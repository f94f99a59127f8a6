package ai.ubc.gateway.command;

import ai.ubc.codec.job.ItemOutput;
import ai.ubc.codec.job.JobHashes;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.codec.job.ResultBundle;
import ai.ubc.domain.Command;
import ai.ubc.domain.Hash32;
import ai.ubc.gateway.problem.ProblemCode;
import ai.ubc.gateway.problem.RequestFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What must be in the store before a command is logged: a job's program and input, and a result
 * whose content is what is opened. The ledger never sees bodies, so this is where a claim without a
 * body ends. From any thread.
 */
public final class BodyRules {
  private static final int REMEMBERED_MAX = 1_024;

  private final Bodies bodies;
  private final Semaphore checks;
  private final Map<Hash32, Content> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Content> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /** What a result bundle holds: its root and its units. */
  private record Content(Hash32 root, long units) {}

  /**
   * Checks against {@code bodies}.
   *
   * @param checksMax most bundles that are read at one time, since each is read into memory
   */
  public BodyRules(Bodies bodies, int checksMax) {
    this.bodies = bodies;
    this.checks = new Semaphore(checksMax);
  }

  /**
   * Passes a command whose bodies are as they must be, and were stored by the account that names
   * them.
   *
   * @param account the account that the command acts for
   * @throws RequestFailure {@code BODY_MISSING} or {@code BODY_MISMATCH}
   */
  public void check(int account, Command command) {
    switch (command) {
      case Command.SubmitJob job -> {
        require(job.program(), account, "program");
        require(job.input(), account, "input");
      }
      case Command.OpenResult result -> {
        require(result.body(), account, "result");
        checkResult(result);
      }
      case Command.RegisterAccount _,
          Command.Transfer _,
          Command.Bond _,
          Command.Unbond _,
          Command.PlaceOffer _,
          Command.CancelOffer _,
          Command.CommitResult _,
          Command.RevealSecret _,
          Command.SealVerdict _,
          Command.OpenVerdict _,
          Command.CloseJob _ -> {}
    }
  }

  // Hashes of bodies are public, and a job's parties may read them: naming one must not be enough
  // to become a party.
  private void require(Hash32 body, int account, String part) {
    if (!bodies.isStoredBy(body, account)) {
      throw missing(body, part);
    }
  }

  private static RequestFailure missing(Hash32 body, String part) {
    return RequestFailure.of(
        ProblemCode.BODY_MISSING,
        "The "
            + part
            + " "
            + body
            + " was not stored by this account. PUT it to /v1/blobs/"
            + body.hex()
            + " first, then send the command again.");
  }

  private void checkResult(Command.OpenResult result) {
    Content content = content(result.body());
    if (!content.root().equals(result.resultRoot()) || content.units() != result.units()) {
      throw mismatch(
          "The result "
              + result.body()
              + " has the root "
              + content.root()
              + " and "
              + content.units()
              + " units, but the command opens "
              + result.resultRoot()
              + " and "
              + result.units()
              + ". Store the result that was committed.");
    }
  }

  private static RequestFailure mismatch(String detail) {
    return RequestFailure.of(ProblemCode.BODY_MISMATCH, detail);
  }

  private Content content(Hash32 body) {
    synchronized (remembered) {
      Content known = remembered.get(body);
      if (known != null && bodies.contains(body)) {
        return known;
      }
    }
    checks.acquireUninterruptibly();
    try {
      Content read = read(body);
      synchronized (remembered) {
        remembered.put(body, read);
      }
      return read;
    } finally {
      checks.release();
    }
  }

  private Content read(Hash32 body) {
    Optional<InputStream> opened;
    try {
      opened = bodies.open(body);
      if (opened.isEmpty()) {
        throw missing(body, "result");
      }
      try (InputStream archive = opened.get()) {
        List<ItemOutput> items = ResultBundle.read(archive);
        return new Content(JobHashes.resultRoot(items), JobHashes.units(items));
      }
    } catch (MalformedBundleException e) {
      throw mismatch("The body " + body + " is not a result bundle: " + e.getMessage());
    } catch (IOException e) {
      throw RequestFailure.of(
          ProblemCode.STORE_UNAVAILABLE, "The body " + body + " can not be read now. Try again.");
    }
  }
}
