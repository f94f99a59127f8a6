package ai.ubc.codec.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secret that opens a job's sealed bodies. Never printed. From any thread.
 *
 * <p>Wrapping is a function of key and reader: HPKE's ephemeral key is derived from both, as the
 * transform of Fujisaki and Okamoto does (and ML-KEM by it). The job key is random, so this hides
 * it as well as a random ephemeral key would, and whoever knows the job key can tell whether
 * another reader was given it, by wrapping again.
 */
public final class JobKey {
  private static final byte[] NO_SALT = new byte[0];
  private static final String COMMITMENT = "UBC seal 1 commitment";
  private static final byte[] WRAP = "UBC seal 1 wrap".getBytes(US_ASCII);
  private static final byte[] EPHEMERAL = "UBC seal 1 ephemeral".getBytes(US_ASCII);
  private static final byte[] BODY = "UBC seal 1 body".getBytes(US_ASCII);
  private static final byte[] BLIND = "UBC seal 1 blind".getBytes(US_ASCII);

  private final Hash32 genesis;
  private final Hash32 secret;

  private JobKey(Hash32 genesis, Hash32 secret) {
    this.genesis = genesis;
    this.secret = secret;
  }

  /** A new key for a job of the network with this genesis hash. */
  public static JobKey random(Hash32 genesis, SecureRandom random) {
    return new JobKey(genesis, fresh(random));
  }

  /** The key with this secret. */
  public static JobKey of(Hash32 genesis, Hash32 secret) {
    return new JobKey(genesis, secret);
  }

  /** The secret, for key files. */
  public Hash32 secret() {
    return secret;
  }

  /** What this key and no other has; tells nothing of it. */
  public Hash32 commitment() {
    return Hash32.of(Primitives.derive(secret.bytes(), NO_SALT, COMMITMENT, Hash32.BYTES));
  }

  /** This key for a reader, always the same; empty when nobody can encrypt to such a key. */
  public Optional<WrappedKey> wrapFor(Hash32 readerPublicKey) {
    byte[] info = join(EPHEMERAL, genesis.bytes(), readerPublicKey.bytes());
    byte[] material = Primitives.derive(secret.bytes(), NO_SALT, info, Hash32.BYTES);
    return Primitives.wrap(
            readerPublicKey.bytes(),
            wrapInfo(genesis, commitment()),
            Primitives.keyPair(material),
            secret.bytes())
        .flatMap(WrappedKey::of);
  }

  static byte[] wrapInfo(Hash32 genesis, Hash32 commitment) {
    return join(WRAP, genesis.bytes(), commitment.bytes());
  }

  /** A program, sealed. */
  public byte[] sealProgram(byte[] program, SecureRandom random) {
    return seal(SealedBody.Kind.PROGRAM, new byte[0], program, random);
  }

  /**
   * Seals a body.
   *
   * @param header what anybody may read of it, and nobody change
   */
  byte[] seal(SealedBody.Kind kind, byte[] header, byte[] content, SecureRandom random) {
    byte[] open = SealedBody.open(kind, header, fresh(random));
    byte[] sealed = Primitives.encrypt(bodyKey(kind, SealedBody.salt(open)), open, content);
    return join(open, sealed);
  }

  /** What was sealed; empty when it was not sealed with this key, or was changed. */
  public Optional<byte[]> open(SealedBody body) {
    return Primitives.decrypt(
        bodyKey(body.kind(), SealedBody.salt(body.prefix())),
        body.prefix(),
        body.bytes(),
        body.prefix().length);
  }

  private byte[] bodyKey(SealedBody.Kind kind, byte[] salt) {
    byte[] info = join(BODY, new byte[] {(byte) kind.code()});
    return Primitives.derive(secret.bytes(), salt, info, Hash32.BYTES);
  }

  /** What is added to an item's output before it is digested: 32 bytes that nobody can guess. */
  byte[] blind(int item) {
    byte[] info = join(BLIND, ByteBuffer.allocate(Integer.BYTES).putInt(item).array());
    return Primitives.derive(secret.bytes(), NO_SALT, info, Hash32.BYTES);
  }

  private static Hash32 fresh(SecureRandom random) {
    byte[] bytes = new byte[Hash32.BYTES];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
