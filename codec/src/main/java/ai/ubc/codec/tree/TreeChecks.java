package ai.ubc.codec.tree;

import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;

/** Checks proofs, step by step as RFC 9162 writes them down. From any thread. */
public final class TreeChecks {
  private TreeChecks() {}

  /**
   * Whether the path shows that the tree with this root and size has the leaf at {@code index}
   * (section 2.1.3.2).
   */
  public static boolean isIncluded(
      Hash32 leafHash, long index, long size, List<Hash32> path, Hash32 root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash32 hash = leafHash;
    for (Hash32 sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = TreeHash.node(sibling, hash);
        // Not 0: it is odd, or it is last, which is not 0.
        int skipped = Long.numberOfTrailingZeros(node);
        node >>>= skipped;
        last >>>= skipped;
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether the path shows that the tree of {@code size} leaves begins with the one of {@code
   * oldSize} (section 2.1.4.2); both sizes at least 1.
   */
  public static boolean isConsistent(
      long oldSize, Hash32 oldRoot, long size, Hash32 root, List<Hash32> path) {
    if (oldSize < 1 || oldSize > size) {
      return false;
    }
    if (oldSize == size) {
      return path.isEmpty() && oldRoot.equals(root);
    }
    List<Hash32> steps = new ArrayList<>(path);
    if (Long.bitCount(oldSize) == 1) {
      steps.addFirst(oldRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    int skipped = Long.numberOfTrailingZeros(oldSize);
    long node = (oldSize - 1) >>> skipped;
    long last = (size - 1) >>> skipped;
    Hash32 oldHash = steps.getFirst();
    Hash32 hash = oldHash;
    for (Hash32 step : steps.subList(1, steps.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = TreeHash.node(step, oldHash);
        hash = TreeHash.node(step, hash);
        int odd = Long.numberOfTrailingZeros(node);
        node >>>= odd;
        last >>>= odd;
      } else {
        hash = TreeHash.node(hash, step);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && oldHash.equals(oldRoot) && hash.equals(root);
  }
}
