package ai.ubc.codec.seal;

import ai.ubc.codec.Eip712;
import ai.ubc.codec.crypto.KeyPair;
import ai.ubc.domain.Hash32;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * The secret half of a reader key. It follows from the owner's key and the network, so there is
 * nothing to keep or to lose besides the owner's key. Never printed. From any thread.
 */
public final class ReaderSecret {
  private static final String PURPOSE = "UBC reader key 1";

  private final KeyPair owner;
  private final Hash32 genesis;
  private final AsymmetricCipherKeyPair pair;

  private ReaderSecret(KeyPair owner, Hash32 genesis, AsymmetricCipherKeyPair pair) {
    this.owner = owner;
    this.genesis = genesis;
    this.pair = pair;
  }

  /** The reader key of this owner on the network with this genesis hash. */
  public static ReaderSecret of(KeyPair owner, Hash32 genesis) {
    byte[] material = Primitives.derive(owner.secret(), genesis.bytes(), PURPOSE, Hash32.BYTES);
    return new ReaderSecret(owner, genesis, Primitives.keyPair(material));
  }

  /** The public half. */
  public Hash32 publicKey() {
    return Hash32.of(Primitives.publicKey(pair));
  }

  /** The owner's statement that {@code account} reads by this key. */
  public ReaderKey statement(Eip712 domain, int account) {
    return ReaderKey.issue(domain, owner, account, publicKey());
  }

  /** The key in a wrap; empty when it does not open here, or holds a key of another commitment. */
  public Optional<JobKey> open(WrappedKey wrapped, Hash32 commitment) {
    return Primitives.unwrap(
            pair, JobKey.wrapInfo(genesis, commitment), wrapped.encapsulation(), wrapped.sealed())
        .filter(secret -> secret.length == Hash32.BYTES)
        .map(secret -> JobKey.of(genesis, Hash32.of(secret)))
        .filter(key -> key.commitment().equals(commitment));
  }
}
