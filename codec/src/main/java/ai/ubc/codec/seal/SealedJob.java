package ai.ubc.codec.seal;

import ai.ubc.codec.Eip712;
import ai.ubc.domain.Address;
import java.util.Optional;

/**
 * A job whose input is sealed, as whoever runs it finds it. Everything here is a fact about bytes
 * under hashes of the ledger, so provider and validators come to one conclusion: what can not be
 * opened as it should is a bundle that nobody can run, never somebody's fault.
 */
public final class SealedJob {
  private final SealedBody input;
  private final SealedInput header;
  private final SealedInput.Recipient lease;

  private SealedJob(SealedBody input, SealedInput header, SealedInput.Recipient lease) {
    this.input = input;
    this.header = header;
    this.lease = lease;
  }

  /**
   * What a job runs on.
   *
   * @param program the program
   * @param input the input bundle
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Opened(byte[] program, byte[] input) {}

  /** The header of a sealed input; empty when it is none. */
  public static Optional<SealedInput> header(byte[] input) {
    return SealedBody.read(SealedBody.Kind.INPUT, input)
        .flatMap(body -> SealedInput.read(body.header()));
  }

  /**
   * The job; empty when nobody can run it: the input is damaged, or not sealed for the provider by
   * a key that the owner of its account signed.
   *
   * @param input the whole input body; not copied
   * @param provider account that has the lease
   * @param owner who owns that account
   */
  public static Optional<SealedJob> of(byte[] input, Eip712 domain, int provider, Address owner) {
    return SealedBody.read(SealedBody.Kind.INPUT, input)
        .flatMap(body ->
            SealedInput.read(body.header())
                .flatMap(header ->
                    header
                        .recipient(provider)
                        .filter(r -> r.key().signer(domain).equals(Optional.of(owner)))
                        .map(lease -> new SealedJob(body, header, lease))));
  }

  /** For whom it is sealed. */
  public SealedInput header() {
    return header;
  }

  /** The key as the provider finds it; empty when it was given none. */
  public Optional<JobKey> key(ReaderSecret provider) {
    return provider.open(lease.wrapped(), header.commitment());
  }

  /**
   * Program and input; empty when nobody can run them: the provider was not given this key in the
   * way that it must be, or one of them does not open.
   *
   * @param key a key with the header's commitment
   * @param program the whole program body, which may be sealed or not
   */
  public Optional<Opened> open(JobKey key, byte[] program) {
    if (!key.wrapFor(lease.key().publicKey()).equals(Optional.of(lease.wrapped()))) {
      return Optional.empty();
    }
    Optional<byte[]> plainProgram =
        SealedBody.isSealed(program)
            ? SealedBody.read(SealedBody.Kind.PROGRAM, program).flatMap(key::open)
            : Optional.of(program);
    return plainProgram.flatMap(first -> key.open(input).map(second -> new Opened(first, second)));
  }
}
