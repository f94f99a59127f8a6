package ai.ubc.provider.node;

import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.SealedBody;
import ai.ubc.codec.seal.SealedInput;
import ai.ubc.codec.seal.SealedJob;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens sealed jobs before they run. Whatever is wrong with one is a bundle that nobody can run:
 * the provider and every validator find the same, so no key that a buyer gives or keeps back costs
 * a bond. From any thread.
 */
final class Unsealing {
  private final SealedJobs jobs;

  Unsealing(SealedJobs jobs) {
    this.jobs = jobs;
  }

  /** What a job's bodies turned out to be. */
  sealed interface Found {
    /** They are not sealed. */
    record Open() implements Found {}

    /** They were, and stand there opened. */
    record Opened(JobKey key) implements Found {}

    /** Nobody can open them as they must be opened. */
    record Invalid() implements Found {}
  }

  /**
   * Looks at a job's bodies, and puts what was sealed in them in their place.
   *
   * @param program the program's file; replaced, never written through
   * @param input the input's file; the same
   * @throws BodyUnavailable when this node was not given the key yet
   */
  Found open(long job, Path program, Path input)
      throws BodyUnavailable, UbcException, IOException, InterruptedException {
    if (!isSealed(input)) {
      return new Found.Open();
    }
    byte[] body = Files.readAllBytes(input);
    SealedJobs.Lease lease = jobs.lease(job);
    Optional<SealedJob> sealed = SealedJob.of(body, jobs.domain(), lease.provider(), lease.owner());
    if (sealed.isEmpty()) {
      return new Found.Invalid();
    }
    Optional<JobKey> key =
        lease.provider() == jobs.account()
            ? sealed.get().key(jobs.secret())
            : Optional.of(given(job, sealed.get().header()));
    Optional<SealedJob.Opened> opened = Optional.empty();
    if (key.isPresent()) {
      opened = sealed.get().open(key.get(), Files.readAllBytes(program));
    }
    if (opened.isEmpty()) {
      return new Found.Invalid();
    }
    replace(program, opened.get().program());
    replace(input, opened.get().input());
    return new Found.Opened(key.orElseThrow());
  }

  private static boolean isSealed(Path input) throws IOException {
    try (InputStream in = Files.newInputStream(input)) {
      return SealedBody.isSealed(in.readNBytes(SealedBody.START_BYTES));
    }
  }

  private JobKey given(long job, SealedInput header)
      throws BodyUnavailable, UbcException, InterruptedException {
    return jobs.left(job).stream()
        .flatMap(wrapped -> jobs.secret().open(wrapped, header.commitment()).stream())
        .findFirst()
        .orElseThrow(() -> BodyUnavailable.withoutKey(job));
  }

  // The file may be one with the cached body, which stays sealed.
  private static void replace(Path file, byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }
}
