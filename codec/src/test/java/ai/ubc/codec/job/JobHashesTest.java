package ai.ubc.codec.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.codec.Samples;
import ai.ubc.codec.crypto.KeccakHash;
import ai.ubc.codec.job.ItemOutput.ItemOutcome;
import ai.ubc.domain.Hash32;
import ai.ubc.domain.Verdict;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class JobHashesTest {
  private final Random random = new Random(41);

  @Test
  void everyPartOfAnItemEntersItsDigest() {
    Set<Hash32> digests = new HashSet<>();
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 1, "a", "b", "f", "c")));
    digests.add(JobHashes.item(1, item(ItemOutcome.EXIT, 0, 1, "a", "b", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.TRAP, 0, 1, "a", "b", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 1, 1, "a", "b", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 2, "a", "b", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 1, "x", "b", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 1, "a", "x", "f", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 1, "a", "b", "x", "c")));
    digests.add(JobHashes.item(0, item(ItemOutcome.EXIT, 0, 1, "a", "b", "f", "x")));
    assertThat(digests).hasSize(9);
  }

  @Test
  void committedRootTellsNothingWithoutTheSalt() {
    List<ItemOutput> items = List.of(item(ItemOutcome.EXIT, 0, 1, "a", "b", "f", "c"));
    assertThat(JobHashes.itemsRoot(items, Samples.hash(random)))
        .isNotEqualTo(JobHashes.itemsRoot(items, Samples.hash(random)));
    assertThat(JobHashes.itemsRoot(items, Hash32.ZERO)).isNotEqualTo(JobHashes.resultRoot(items));
  }

  @Test
  void merkleRootsAreThoseOfRfc9162() {
    Hash32[] leaf = new Hash32[5];
    for (int i = 0; i < 5; i++) {
      leaf[i] = Samples.hash(random);
    }
    Hash32 h0 = leafHash(leaf[0]);
    Hash32 h01 = node(h0, leafHash(leaf[1]));
    Hash32 h23 = node(leafHash(leaf[2]), leafHash(leaf[3]));
    assertThat(JobHashes.merkleRoot(List.of(leaf[0]))).isEqualTo(h0);
    assertThat(JobHashes.merkleRoot(List.of(leaf[0], leaf[1]))).isEqualTo(h01);
    assertThat(JobHashes.merkleRoot(List.of(leaf[0], leaf[1], leaf[2])))
        .isEqualTo(node(h01, leafHash(leaf[2])));
    assertThat(JobHashes.merkleRoot(List.of(leaf)))
        .isEqualTo(node(node(h01, h23), leafHash(leaf[4])));
    assertThatThrownBy(() -> JobHashes.merkleRoot(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commitmentsAreTheirSpecifiedBytes() {
    Hash32 genesis = Samples.hash(random);
    Hash32 root = Samples.hash(random);
    Hash32 salt = Samples.hash(random);
    Hash32 saltedResult =
        keccak(
            ByteBuffer.allocate(120)
                .put("UBC.rslt".getBytes(UTF_8))
                .put(genesis.bytes())
                .putLong(5)
                .put(root.bytes())
                .putLong(6)
                .put(salt.bytes()));
    assertThat(JobHashes.saltedResult(genesis, 5, root, 6, salt)).isEqualTo(saltedResult);
    Hash32 vote =
        keccak(
            ByteBuffer.allocate(48).put("UBC.vote".getBytes(UTF_8)).put(root.bytes()).putLong(6));
    Hash32 seal =
        keccak(
            ByteBuffer.allocate(122)
                .put("UBC.seal".getBytes(UTF_8))
                .put(genesis.bytes())
                .putLong(5)
                .put((byte) 2)
                .putInt(0)
                .putInt(9)
                .put((byte) 1)
                .put(vote.bytes())
                .put(salt.bytes()));
    assertThat(JobHashes.seal(genesis, 5, 2, 9, Verdict.DIGEST, root, 6, salt)).isEqualTo(seal);
    assertThat(JobHashes.secretHash(salt))
        .isEqualTo(keccak(ByteBuffer.allocate(32).put(salt.bytes())));
  }

  @Test
  void keccakIsTheOneOfEthereum() {
    // Keccak-256 of nothing, as in the Ethereum yellow paper (the hash of empty code).
    assertThat(Hash32.of(KeccakHash.of(new byte[0])).hex())
        .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  }

  private static Hash32 leafHash(Hash32 leaf) {
    return keccak(ByteBuffer.allocate(33).put((byte) 0).put(leaf.bytes()));
  }

  private static Hash32 node(Hash32 left, Hash32 right) {
    return keccak(ByteBuffer.allocate(65).put((byte) 1).put(left.bytes()).put(right.bytes()));
  }

  private static Hash32 keccak(ByteBuffer bytes) {
    byte[] message = new byte[bytes.capacity()];
    bytes.get(0, message);
    return Hash32.of(KeccakHash.of(message));
  }

  private static ItemOutput item(
      ItemOutcome outcome,
      int detail,
      long units,
      String out,
      String err,
      String path,
      String content) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(path, content.getBytes(UTF_8));
    return new ItemOutput(outcome, detail, units, out.getBytes(UTF_8), err.getBytes(UTF_8), files);
  }
}
