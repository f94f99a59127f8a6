package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.job.ItemDigest.FileDigest;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Keccak;
import ai.ubc.domain.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The digests that a result is known by, and what commits to them. They are over content, never
 * over the bytes of an archive, so every machine that ran the same items finds the same. Tags are
 * eight ASCII characters; integers are big-endian; H is Keccak-256.
 */
public final class JobHashes {
  private JobHashes() {}

  /** Digest of one item, see {@link #item(int, ItemDigest)}. */
  public static Hash32 item(int index, ItemOutput item) {
    return item(index, ItemDigest.of(item));
  }

  /**
   * Digest of one item: H("UBC.item" ‖ index u32 ‖ outcome u8 ‖ detail u32 ‖ units u64 ‖
   * SHA-256(stdout) ‖ SHA-256(stderr) ‖ file count u32 ‖ for each file in the byte order of its
   * path: path length u32 ‖ path in UTF-8 ‖ size u64 ‖ SHA-256).
   */
  public static Hash32 item(int index, ItemDigest item) {
    KeccakHash keccak = new KeccakHash();
    tag(keccak, "UBC.item")
        .putInt(index)
        .putByte(item.outcome().code())
        .putInt(item.detail())
        .putLong(item.units());
    put(keccak, item.stdout());
    put(keccak, item.stderr());
    keccak.putInt(item.files().size());
    List<byte[]> paths = new ArrayList<>();
    item.files().keySet().forEach(path -> paths.add(path.getBytes(UTF_8)));
    paths.sort(Arrays::compareUnsigned);
    for (byte[] path : paths) {
      FileDigest file = Objects.requireNonNull(item.files().get(new String(path, UTF_8)));
      keccak.putInt(path.length).putBytes(path, 0, path.length).putLong(file.bytes());
      put(keccak, file.sha256());
    }
    keccak.end();
    return keccak.digest();
  }

  /** The result root: Merkle root over the digests of the items. */
  public static Hash32 resultRoot(List<ItemOutput> items) {
    return rootOf(items.stream().map(ItemDigest::of).toList());
  }

  /** The result root of items that are known by their hashes. */
  public static Hash32 rootOf(List<ItemDigest> items) {
    List<Hash32> leaves = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      leaves.add(item(i, items.get(i)));
    }
    return merkleRoot(leaves);
  }

  /**
   * The root a provider commits to with its result: Merkle root over H("UBC.leaf" ‖ index u32 ‖
   * item digest ‖ units u64 ‖ salt), which tells nothing of the items before the salt is known.
   */
  public static Hash32 itemsRoot(List<ItemOutput> items, Hash32 salt) {
    KeccakHash keccak = new KeccakHash();
    List<Hash32> leaves = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Hash32 digest = item(i, items.get(i));
      put(tag(keccak, "UBC.leaf").putInt(i), digest).putLong(items.get(i).units());
      put(keccak, salt).end();
      leaves.add(keccak.digest());
    }
    return merkleRoot(leaves);
  }

  /** Units of all items together. */
  public static long units(List<ItemOutput> items) {
    return items.stream().mapToLong(ItemOutput::units).reduce(0, Math::addExact);
  }

  /**
   * H("UBC.rslt" ‖ genesis hash ‖ job u64 ‖ result root ‖ units u64 ‖ salt): what a provider
   * commits to.
   */
  public static Hash32 saltedResult(
      Hash32 genesis, long job, Hash32 resultRoot, long units, Hash32 salt) {
    KeccakHash keccak = new KeccakHash();
    put(put(tag(keccak, "UBC.rslt"), genesis).putLong(job), resultRoot).putLong(units);
    put(keccak, salt).end();
    return keccak.digest();
  }

  /**
   * H("UBC.seal" ‖ genesis hash ‖ job u64 ‖ round u8 ‖ index u32 = 0 ‖ validator u32 ‖ verdict u8 ‖
   * digest ‖ salt) with digest = H("UBC.vote" ‖ result root ‖ units u64): what a validator seals.
   */
  public static Hash32 seal(
      Hash32 genesis,
      long job,
      int round,
      int validator,
      Verdict verdict,
      Hash32 resultRoot,
      long units,
      Hash32 salt) {
    KeccakHash keccak = new KeccakHash();
    put(tag(keccak, "UBC.vote"), resultRoot).putLong(units).end();
    Hash32 digest = keccak.digest();
    put(tag(keccak, "UBC.seal"), genesis)
        .putLong(job)
        .putByte(round)
        .putInt(0)
        .putInt(validator)
        .putByte(verdict.code());
    put(put(keccak, digest), salt).end();
    return keccak.digest();
  }

  /**
   * H("UBC.rand" ‖ genesis hash ‖ job u64): what the programs of a job draw their random numbers
   * from, the same for provider and validators.
   */
  public static Hash32 randomSeed(Hash32 genesis, long job) {
    KeccakHash keccak = new KeccakHash();
    put(tag(keccak, "UBC.rand"), genesis).putLong(job).end();
    return keccak.digest();
  }

  /** H(secret): what a requester submits, to reveal the secret after the commit. */
  public static Hash32 secretHash(Hash32 secret) {
    KeccakHash keccak = new KeccakHash();
    put(keccak.begin(), secret).end();
    return keccak.digest();
  }

  /**
   * Merkle root in the form of RFC 9162, section 2.1.1, with Keccak-256: leaves are prefixed by 0,
   * inner nodes by 1.
   *
   * @throws IllegalArgumentException without leaves
   */
  public static Hash32 merkleRoot(List<Hash32> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a tree has at least one leaf");
    }
    return merkleRoot(new KeccakHash(), leaves);
  }

  // The left part of n leaves is the largest power of two below n, so the depth is at most log2(n)
  // + 1.
  private static Hash32 merkleRoot(KeccakHash keccak, List<Hash32> leaves) {
    if (leaves.size() == 1) {
      put(keccak.begin().putByte(0), leaves.getFirst()).end();
      return keccak.digest();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    Hash32 left = merkleRoot(keccak, leaves.subList(0, split));
    Hash32 right = merkleRoot(keccak, leaves.subList(split, leaves.size()));
    put(put(keccak.begin().putByte(1), left), right).end();
    return keccak.digest();
  }

  private static Keccak tag(Keccak keccak, String tag) {
    return keccak.begin().putBytes(tag.getBytes(UTF_8), 0, 8);
  }

  private static Keccak put(Keccak keccak, Hash32 hash) {
    return keccak.putHash(hash.word0(), hash.word1(), hash.word2(), hash.word3());
  }
}
