package ai.ubc.engine.verify;

import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import java.nio.charset.StandardCharsets;

/**
 * The hashes that bind parties and decide draws: NUM-004 and the formulas of JOB and VER. Each
 * method leaves its digest to be read by {@link #word} or compared by {@link #is} until the next.
 */
public final class Commitments {
  private static final long RESULT = tag("UBC.rslt");
  private static final long DRAW = tag("UBC.draw");
  private static final long POOL = tag("UBC.pool");
  private static final long PICK = tag("UBC.pick");
  private static final long VOTE = tag("UBC.vote");
  private static final long SEAL = tag("UBC.seal");

  // A job is judged as one until jobs are sampled by item.
  private static final int INDEX_WHOLE_JOB = 0;

  private final Keccak keccak;
  private final long genesis0;
  private final long genesis1;
  private final long genesis2;
  private final long genesis3;

  /** Hashes for the network with this genesis hash; nobody else uses {@code keccak}. */
  public Commitments(Keccak keccak, Hash32 genesisHash) {
    this.keccak = keccak;
    genesis0 = genesisHash.word0();
    genesis1 = genesisHash.word1();
    genesis2 = genesisHash.word2();
    genesis3 = genesisHash.word3();
  }

  /** Word {@code index} (0 to 3) of the last digest. */
  public long word(int index) {
    return keccak.word(index);
  }

  /** Whether the last digest is this. */
  public boolean is(long word0, long word1, long word2, long word3) {
    return keccak.word(0) == word0
        && keccak.word(1) == word1
        && keccak.word(2) == word2
        && keccak.word(3) == word3;
  }

  /** The hash of a secret or a beacon's preimage. */
  public void hash(long word0, long word1, long word2, long word3) {
    keccak.begin().putHash(word0, word1, word2, word3).end();
  }

  /** The salted result: JOB-012. */
  public void hashResult(
      long job,
      long root0,
      long root1,
      long root2,
      long root3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3) {
    begin(RESULT)
        .putLong(job)
        .putHash(root0, root1, root2, root3)
        .putLong(units)
        .putHash(salt0, salt1, salt2, salt3)
        .end();
  }

  /** A sealed verdict: VER-012. */
  public void hashVerdict(
      long job,
      int round,
      int validator,
      int verdict,
      long root0,
      long root1,
      long root2,
      long root3,
      long units,
      long salt0,
      long salt1,
      long salt2,
      long salt3) {
    keccak.begin().putLong(VOTE).putHash(root0, root1, root2, root3).putLong(units).end();
    long digest0 = keccak.word(0);
    long digest1 = keccak.word(1);
    long digest2 = keccak.word(2);
    long digest3 = keccak.word(3);
    begin(SEAL)
        .putLong(job)
        .putByte(round)
        .putInt(INDEX_WHOLE_JOB)
        .putInt(validator)
        .putByte(verdict)
        .putHash(digest0, digest1, digest2, digest3)
        .putHash(salt0, salt1, salt2, salt3)
        .end();
  }

  /** Pick {@code index} of a draw: VER-003. */
  public void hashPick(long seed0, long seed1, long seed2, long seed3, int index) {
    keccak.begin().putLong(PICK).putHash(seed0, seed1, seed2, seed3).putByte(index).end();
  }

  /** Starts a draw's seed: VER-002; the caller appends what follows the job. */
  Keccak beginSeed(long job) {
    return begin(DRAW).putLong(job);
  }

  /** Starts the hash of a draw's pool: VER-002; the caller appends each account and its weight. */
  Keccak beginPool(long job, int round) {
    return begin(POOL).putLong(job).putByte(round);
  }

  private Keccak begin(long tag) {
    return keccak.begin().putLong(tag).putHash(genesis0, genesis1, genesis2, genesis3);
  }

  private static long tag(String ascii) {
    long tag = 0;
    for (byte letter : ascii.getBytes(StandardCharsets.US_ASCII)) {
      tag = tag << 8 | letter;
    }
    return tag;
  }
}
