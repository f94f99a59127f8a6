package ai.ubc.codec.evidence;

import ai.ubc.domain.Hash32;
import java.util.Optional;

/**
 * What whoever verifies has beside the file. The arrays are not copied.
 *
 * @param fingerprint the genesis hash of the network that the reader trusts
 * @param program the job's program
 * @param input the job's input bundle
 * @param result the job's result bundle
 * @param rerun what running the job again came to
 */
public record Supplied(
    Optional<Hash32> fingerprint,
    Optional<byte[]> program,
    Optional<byte[]> input,
    Optional<byte[]> result,
    Optional<Rerun> rerun) {

  /**
   * What running the job again came to.
   *
   * @param resultRoot root over the digests of its items
   * @param units metered units of all items together
   */
  public record Rerun(Hash32 resultRoot, long units) {}

  /** Nothing beside the file. */
  public static Supplied nothing() {
    return new Supplied(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with the network that the reader trusts. */
  public Supplied trusting(Hash32 network) {
    return new Supplied(Optional.of(network), program, input, result, rerun);
  }

  /** The same, with the job's program. */
  public Supplied withProgram(byte[] body) {
    return new Supplied(fingerprint, Optional.of(body), input, result, rerun);
  }

  /** The same, with the job's input bundle. */
  public Supplied withInput(byte[] body) {
    return new Supplied(fingerprint, program, Optional.of(body), result, rerun);
  }

  /** The same, with the result's body. */
  public Supplied withResult(byte[] body) {
    return new Supplied(fingerprint, program, input, Optional.of(body), rerun);
  }

  /** The same, with what running the job again came to. */
  public Supplied withRerun(Rerun outcome) {
    return new Supplied(fingerprint, program, input, result, Optional.of(outcome));
  }
}
