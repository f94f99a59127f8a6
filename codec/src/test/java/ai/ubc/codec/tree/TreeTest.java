package ai.ubc.codec.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The tree against published values, and against the definitions of RFC 9162 taken literally. */
final class TreeTest {
  private static final int SIZE_MAX = 130;

  /** The leaves that implementations of Certificate Transparency test with, and their roots. */
  private static final List<String> KNOWN_LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> KNOWN_ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  /** A growing tree whose nodes are kept. */
  private static final class Kept implements TreeNodes {
    private final Map<List<Long>, Hash32> nodes = new HashMap<>();
    final TreeHead head = new TreeHead();

    void append(Hash32 leafHash) {
      head.append(
          leafHash,
          (level, index, hash) ->
              assertThat(nodes.put(List.of((long) level, index), hash)).isNull());
    }

    @Override
    public Hash32 node(int level, long index) {
      return Objects.requireNonNull(
          nodes.get(List.of((long) level, index)), "node " + level + "/" + index);
    }
  }

  private static Kept kept(List<Hash32> leaves) {
    Kept kept = new Kept();
    leaves.forEach(kept::append);
    return kept;
  }

  private static List<Hash32> leaves(int count) {
    List<Hash32> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(TreeHash.leaf(ByteBuffer.allocate(4).putInt(i).array()));
    }
    return leaves;
  }

  private static List<Hash32> knownLeaves(int count) {
    return KNOWN_LEAVES.subList(0, count).stream()
        .map(leaf -> TreeHash.leaf(HexFormat.of().parseHex(leaf)))
        .toList();
  }

  private static List<Hash32> hashes(String... texts) {
    return List.of(texts).stream().map(Hash32::parse).toList();
  }

  // Section 2.1.1, by its own words.
  private static Hash32 naiveRoot(List<Hash32> leaves) {
    if (leaves.isEmpty()) {
      return TreeHash.EMPTY;
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = split(leaves.size());
    return TreeHash.node(
        naiveRoot(leaves.subList(0, k)), naiveRoot(leaves.subList(k, leaves.size())));
  }

  private static int split(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  // Section 2.1.3.1.
  private static List<Hash32> naivePath(int m, List<Hash32> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int k = split(leaves.size());
    List<Hash32> left = leaves.subList(0, k);
    List<Hash32> right = leaves.subList(k, leaves.size());
    List<Hash32> path = new ArrayList<>(m < k ? naivePath(m, left) : naivePath(m - k, right));
    path.add(naiveRoot(m < k ? right : left));
    return path;
  }

  // Section 2.1.4.1.
  private static List<Hash32> naiveSubproof(int m, List<Hash32> leaves, boolean b) {
    if (m == leaves.size()) {
      return b ? List.of() : List.of(naiveRoot(leaves));
    }
    int k = split(leaves.size());
    List<Hash32> left = leaves.subList(0, k);
    List<Hash32> right = leaves.subList(k, leaves.size());
    List<Hash32> proof =
        new ArrayList<>(m <= k ? naiveSubproof(m, left, b) : naiveSubproof(m - k, right, false));
    proof.add(naiveRoot(m <= k ? right : left));
    return proof;
  }

  @Test
  void rootsAreThePublishedOnes() {
    for (int size = 0; size <= KNOWN_LEAVES.size(); size++) {
      assertThat(kept(knownLeaves(size)).head.root().hex()).isEqualTo(KNOWN_ROOTS.get(size));
    }
  }

  @Test
  void consistencyProofsAreThePublishedOnes() {
    TreeProofs proofs = new TreeProofs(kept(knownLeaves(8)));
    assertThat(proofs.consistency(2, 5))
        .isEqualTo(
            hashes(
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
    assertThat(proofs.consistency(6, 7))
        .isEqualTo(
            hashes(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  }

  @Test
  void everyRootAndEveryInclusionPathIsTheNaiveOneAndHolds() {
    List<Hash32> leaves = leaves(SIZE_MAX);
    Kept kept = new Kept();
    TreeProofs proofs = new TreeProofs(kept);
    for (int size = 0; size <= SIZE_MAX; size++) {
      List<Hash32> first = leaves.subList(0, size);
      Hash32 root = naiveRoot(first);
      assertThat(kept.head.root()).isEqualTo(root);
      assertThat(proofs.root(size)).isEqualTo(root);
      for (int index = 0; index < size; index++) {
        List<Hash32> path = proofs.inclusion(index, size);
        assertThat(path).isEqualTo(naivePath(index, first));
        assertThat(TreeChecks.isIncluded(leaves.get(index), index, size, path, root)).isTrue();
        assertThat(TreeChecks.isIncluded(leaves.get(index), index ^ 1, size, path, root)).isFalse();
      }
      if (size < SIZE_MAX) {
        kept.append(leaves.get(size));
      }
    }
  }

  @Test
  void everyConsistencyProofIsTheNaiveOneAndHolds() {
    List<Hash32> leaves = leaves(SIZE_MAX);
    TreeProofs proofs = new TreeProofs(kept(leaves));
    for (int size = 1; size <= SIZE_MAX; size += 1 + size / 20) {
      Hash32 root = proofs.root(size);
      for (int old = 1; old <= size; old++) {
        List<Hash32> path = proofs.consistency(old, size);
        Hash32 oldRoot = proofs.root(old);
        assertThat(path).isEqualTo(naiveSubproof(old, leaves.subList(0, size), true));
        assertThat(TreeChecks.isConsistent(old, oldRoot, size, root, path)).isTrue();
        assertThat(TreeChecks.isConsistent(old, Hash32.ZERO, size, root, path)).isFalse();
        assertThat(TreeChecks.isConsistent(old, oldRoot, size, Hash32.ZERO, path)).isFalse();
      }
    }
  }

  @Test
  void aChangedShortenedOrLengthenedProofDoesNotHold() {
    List<Hash32> leaves = leaves(100);
    TreeProofs proofs = new TreeProofs(kept(leaves));
    Hash32 root = proofs.root(100);
    Hash32 oldRoot = proofs.root(37);
    for (List<Hash32> changed : changes(proofs.inclusion(41, 100))) {
      assertThat(TreeChecks.isIncluded(leaves.get(41), 41, 100, changed, root)).isFalse();
    }
    for (List<Hash32> changed : changes(proofs.consistency(37, 100))) {
      assertThat(TreeChecks.isConsistent(37, oldRoot, 100, root, changed)).isFalse();
    }
  }

  private static List<List<Hash32>> changes(List<Hash32> path) {
    List<List<Hash32>> changes = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Hash32> other = new ArrayList<>(path);
      other.set(i, Hash32.ZERO);
      changes.add(other);
      List<Hash32> shorter = new ArrayList<>(path);
      shorter.remove(i);
      changes.add(shorter);
      List<Hash32> longer = new ArrayList<>(path);
      longer.add(i, Hash32.ZERO);
      changes.add(longer);
    }
    List<Hash32> longer = new ArrayList<>(path);
    longer.add(Hash32.ZERO);
    changes.add(longer);
    return changes;
  }

  @Test
  void whatIsOutsideTheTreeIsNotInIt() {
    Hash32 leaf = leaves(1).getFirst();
    assertThat(TreeChecks.isIncluded(leaf, -1, 1, List.of(), leaf)).isFalse();
    assertThat(TreeChecks.isIncluded(leaf, 1, 1, List.of(), leaf)).isFalse();
    assertThat(TreeChecks.isConsistent(0, TreeHash.EMPTY, 1, leaf, List.of())).isFalse();
    assertThat(TreeChecks.isConsistent(2, leaf, 1, leaf, List.of())).isFalse();
    assertThat(TreeChecks.isConsistent(1, leaf, 1, leaf, List.of(leaf))).isFalse();
    assertThat(TreeChecks.isConsistent(3, leaf, 5, leaf, List.of())).isFalse();
    TreeProofs proofs = new TreeProofs(kept(leaves(3)));
    assertThatThrownBy(() -> proofs.inclusion(3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> proofs.inclusion(-1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> proofs.consistency(0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> proofs.consistency(4, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aHeadGoesOnFromItsBytesAndFromItsNodes() {
    List<Hash32> leaves = leaves(70);
    Kept whole = new Kept();
    for (int size = 0; size < leaves.size(); size++) {
      TreeHead read = TreeHead.of(whole.head.bytes());
      TreeHead rebuilt = TreeHead.of(size, whole);
      assertThat(read.size()).isEqualTo(size);
      assertThat(read.root()).isEqualTo(whole.head.root());
      assertThat(rebuilt.root()).isEqualTo(whole.head.root());
      whole.append(leaves.get(size));
      read.append(leaves.get(size), (level, index, hash) -> {});
      rebuilt.append(leaves.get(size), (level, index, hash) -> {});
      assertThat(read.bytes()).isEqualTo(whole.head.bytes());
      assertThat(rebuilt.bytes()).isEqualTo(whole.head.bytes());
    }
  }

  @Test
  void bytesThatAreNoHeadAreRefused() {
    assertThatThrownBy(() -> TreeHead.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeHead.of(ByteBuffer.allocate(8).putLong(1).array()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeHead.of(ByteBuffer.allocate(8).putLong(-1).array()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
