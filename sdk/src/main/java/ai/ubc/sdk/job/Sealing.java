package ai.ubc.sdk.job;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.codec.job.MalformedBundleException;
import ai.ubc.codec.seal.JobKey;
import ai.ubc.codec.seal.ReaderKey;
import ai.ubc.codec.seal.ReaderSecret;
import ai.ubc.codec.seal.SealedInput;
import ai.ubc.codec.seal.SealedJob;
import ai.ubc.codec.seal.WrappedKey;
import ai.ubc.domain.Hash32;
import ai.ubc.sdk.GatewayProblem;
import ai.ubc.sdk.GatewayUnreachable;
import ai.ubc.sdk.LocalFault;
import ai.ubc.sdk.Session;
import ai.ubc.sdk.UbcException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The buyer's side of sealed jobs: seals what they run on for those who may get the lease, and
 * gives drawn validators the key. From any thread; calls block.
 */
final class Sealing {
  /** Most providers that a job is sealed for: the best offers that carry it. */
  static final int PROVIDERS_MAX = 16;

  private static final Logger LOG = System.getLogger(Sealing.class.getPackageName());
  private static final int KEYS_KEPT_MAX = 1_024;

  private final Session session;
  // By input; empty for one that is not sealed. Whatever falls out is read from the store again.
  private final Map<Hash32, Optional<JobKey>> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Optional<JobKey>> eldest) {
          return size() > KEYS_KEPT_MAX;
        }
      };

  Sealing(Session session) {
    this.session = session;
  }

  /**
   * Sealed bodies in the store.
   *
   * @param stored their names
   * @param header for whom they are sealed
   */
  record Sealed(JobBodies.Stored stored, SealedInput header) {
    /** Whether the provider could read them. */
    boolean isFor(int provider) {
      return header.recipient(provider).isPresent();
    }
  }

  /** Notes that an input is not sealed. */
  void notePlain(Hash32 input) {
    remember(input, Optional.empty());
  }

  private synchronized void remember(Hash32 input, Optional<JobKey> key) {
    keys.put(input, key);
  }

  private synchronized Optional<Optional<JobKey>> remembered(Hash32 input) {
    return Optional.ofNullable(keys.get(input));
  }

  /**
   * Seals program and input with a new key and stores them.
   *
   * @param providers accounts whose offers may be taken, the best first
   * @throws GatewayProblem with {@link GatewayProblem#NO_ENCRYPTION_KEY} when the first of them
   *     reads nothing sealed
   */
  Sealed store(JobBodies.Packed packed, List<Integer> providers)
      throws UbcException, InterruptedException {
    JobKey key = JobKey.random(session.client().network().genesisHash(), session.random());
    SealedInput header =
        new SealedInput(
            key.commitment(),
            key.wrapFor(session.keys().secret().publicKey()).orElseThrow(),
            recipients(key, providers));
    try {
      Hash32 program = put(key.sealProgram(Files.readAllBytes(packed.program()), session.random()));
      Hash32 input = put(header.seal(key, Files.readAllBytes(packed.bundle()), session.random()));
      remember(input, Optional.of(key));
      return new Sealed(new JobBodies.Stored(program, input), header);
    } catch (IOException e) {
      throw new LocalFault("can not seal what the job needs", e);
    }
  }

  private List<SealedInput.Recipient> recipients(JobKey key, List<Integer> providers)
      throws UbcException, InterruptedException {
    List<SealedInput.Recipient> recipients = new ArrayList<>();
    for (int provider : providers) {
      Optional<ReaderKey> reader = session.keys().of(provider);
      Optional<WrappedKey> wrapped = reader.flatMap(r -> key.wrapFor(r.publicKey()));
      if (wrapped.isPresent()) {
        recipients.add(new SealedInput.Recipient(reader.orElseThrow(), wrapped.get()));
      } else if (recipients.isEmpty()) {
        throw new GatewayProblem(
            GatewayProblem.NO_ENCRYPTION_KEY,
            0,
            "provider "
                + provider
                + ", whose offer would be taken, has published no encryption key, so it could not"
                + " read a private job. Set a lower limit price, or buy the job without privacy",
            0,
            null);
      }
    }
    return recipients;
  }

  private Hash32 put(byte[] body) throws UbcException, IOException, InterruptedException {
    long most = session.client().network().blobBytesMax();
    if (body.length > most) {
      throw new MalformedBundleException(
          "a sealed body has " + body.length + " bytes, more than the network's " + most);
    }
    Path file = Files.createTempFile("ubc-sealed", ".body");
    try {
      Files.write(file, body);
      Hash32 name = Sha256.of(body);
      session.put(file, name);
      return name;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The key of a job of this account, by its input; empty when that is not sealed for it. */
  Optional<JobKey> key(Hash32 input) throws UbcException, InterruptedException {
    Optional<Optional<JobKey>> known = remembered(input);
    if (known.isPresent()) {
      return known.get();
    }
    ReaderSecret secret = session.keys().secret();
    Optional<JobKey> found =
        SealedJob.header(body(input))
            .flatMap(header -> secret.open(header.own(), header.commitment()));
    remember(input, found);
    return found;
  }

  /** Whether a stored input is sealed, for whomever. */
  boolean isSealed(Hash32 input) throws UbcException, InterruptedException {
    return SealedJob.header(body(input)).isPresent();
  }

  private byte[] body(Hash32 name) throws UbcException, InterruptedException {
    try {
      Path directory = Files.createTempDirectory("ubc-sealed");
      Path file = directory.resolve("body");
      try {
        session.get(name, file, session.client().network().blobBytesMax());
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new LocalFault("can not keep a body", e);
    }
  }

  /**
   * Gives drawn validators the key of a job, where it is sealed. What one of them can not be given
   * is left to the provider, who gives it as well.
   *
   * @param input the name of its input
   * @param drawn those drawn
   * @param served those who need nothing more; added to
   */
  void serve(long job, String input, List<Integer> drawn, Set<Integer> served)
      throws UbcException, InterruptedException {
    for (int validator : drawn) {
      if (served.contains(validator)) {
        continue;
      }
      try {
        Optional<JobKey> key = key(Hash32.parse(input));
        if (key.isPresent()) {
          give(job, key.get(), validator);
        }
        served.add(validator);
      } catch (GatewayProblem | GatewayUnreachable e) {
        if (!e.isRetryable()) {
          LOG.log(
              Level.WARNING,
              "job "
                  + job
                  + ": validator "
                  + validator
                  + " gets no key from here: "
                  + e.getMessage());
          served.add(validator);
        }
      }
    }
  }

  private void give(long job, JobKey key, int validator) throws UbcException, InterruptedException {
    Optional<WrappedKey> wrapped =
        session.keys().of(validator).flatMap(reader -> key.wrapFor(reader.publicKey()));
    if (wrapped.isPresent()) {
      session.keys().leave(job, validator, wrapped.get());
    }
  }
}
