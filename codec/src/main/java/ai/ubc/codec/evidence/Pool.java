package ai.ubc.codec.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who could be drawn to check a job in a round (VER-002).
 *
 * @param round counted from 0
 * @param eligible those who could be drawn, in order of account number
 */
public record Pool(int round, List<Eligible> eligible) {
  /** The most that a receipt lists for one round; a longer list is left out. */
  public static final int ELIGIBLE_MAX = 16_384;

  private static final byte[] POOL = "UBC.pool".getBytes(US_ASCII);
  private static final byte[] PICK = "UBC.pick".getBytes(US_ASCII);
  private static final int ELIGIBLE_BYTES = Integer.BYTES + Long.BYTES;

  /**
   * One who could be drawn.
   *
   * @param account its number
   * @param bondMicros its free validator bond at the draw, which is its weight
   */
  public record Eligible(int account, long bondMicros) {}

  /** Copies the list. */
  public Pool {
    eligible = List.copyOf(eligible);
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws IllegalArgumentException when the length is none of such bytes
   */
  public static Pool of(int round, byte[] bytes) {
    if (bytes.length % ELIGIBLE_BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no list of accounts and bonds");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Eligible> eligible = new ArrayList<>();
    while (buffer.hasRemaining()) {
      eligible.add(new Eligible(buffer.getInt(), buffer.getLong()));
    }
    return new Pool(round, eligible);
  }

  /** Account u32 ‖ bond u64 of each, big-endian, as they are hashed. */
  public byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(eligible.size() * ELIGIBLE_BYTES);
    eligible.forEach(one -> buffer.putInt(one.account()).putLong(one.bondMicros()));
    return buffer.array();
  }

  /** H("UBC.pool" ‖ genesis hash ‖ job u64 ‖ round u8 ‖ {@link #bytes}). */
  public Hash32 hash(Hash32 genesis, long job) {
    KeccakHash keccak = new KeccakHash();
    byte[] bytes = bytes();
    put(keccak.begin().putBytes(POOL, 0, POOL.length), genesis)
        .putLong(job)
        .putByte(round)
        .putBytes(bytes, 0, bytes.length)
        .end();
    return keccak.digest();
  }

  /** All bonds together, micro-COMPUTE; they must fit a long, as any that the ledger holds do. */
  public long weightMicros() {
    return eligible.stream().mapToLong(Eligible::bondMicros).reduce(0, Math::addExact);
  }

  /**
   * Whom a seed draws, in order (VER-003). Every bond is positive.
   *
   * @throws IllegalArgumentException when there are fewer than {@code count}
   */
  public List<Eligible> drawn(Hash32 seed, int count) {
    if (count > eligible.size()) {
      throw new IllegalArgumentException(count + " can not be drawn from " + eligible.size());
    }
    List<Eligible> left = new ArrayList<>(eligible);
    List<Eligible> drawn = new ArrayList<>();
    long weight = weightMicros();
    for (int i = 0; i < count; i++) {
      KeccakHash keccak = new KeccakHash();
      put(keccak.begin().putBytes(PICK, 0, PICK.length), seed).putByte(i).end();
      Eligible pick =
          left.remove(indexAt(left, Math.unsignedMultiplyHigh(keccak.digest().word0(), weight)));
      weight -= pick.bondMicros();
      drawn.add(pick);
    }
    return drawn;
  }

  // x is below the weight of all that are left, so the walk ends among them.
  private static int indexAt(List<Eligible> left, long x) {
    int at = 0;
    long rest = x;
    while (rest >= left.get(at).bondMicros()) {
      rest -= left.get(at).bondMicros();
      at++;
    }
    return at;
  }

  private static Keccak put(Keccak keccak, Hash32 hash) {
    return keccak.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }
}
