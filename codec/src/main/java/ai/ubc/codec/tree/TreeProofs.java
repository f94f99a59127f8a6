package ai.ubc.codec.tree;

import ai.ubc.domain.Hash32;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the proofs of RFC 9162 from stored nodes. A proof has at most 64 hashes and takes as many
 * steps squared. From any thread when the nodes are.
 */
public final class TreeProofs {
  private final TreeNodes nodes;

  /** Proofs of the tree with these nodes. */
  public TreeProofs(TreeNodes nodes) {
    this.nodes = nodes;
  }

  /** The root of the tree's first {@code size} leaves. */
  public Hash32 root(long size) {
    return size == 0 ? TreeHash.EMPTY : root(0, size);
  }

  /**
   * The inclusion path of leaf {@code index} in the tree of the first {@code size} leaves (section
   * 2.1.3.1), from the leaf upwards.
   *
   * @throws IndexOutOfBoundsException when the tree has no such leaf
   */
  public List<Hash32> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("leaf " + index + " of a tree of " + size);
    }
    List<Hash32> path = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + Long.highestOneBit(end - begin - 1);
      if (index < middle) {
        path.addFirst(root(middle, end));
        end = middle;
      } else {
        path.addFirst(root(begin, middle));
        begin = middle;
      }
    }
    return path;
  }

  /**
   * The proof that the tree of the first {@code size} leaves begins with that of the first {@code
   * oldSize} (section 2.1.4.1).
   *
   * @throws IndexOutOfBoundsException unless 1 ≤ oldSize ≤ size
   */
  public List<Hash32> consistency(long oldSize, long size) {
    if (oldSize < 1 || oldSize > size) {
      throw new IndexOutOfBoundsException("a tree of " + oldSize + " in one of " + size);
    }
    List<Hash32> path = new ArrayList<>();
    long begin = 0;
    long end = size;
    boolean isOldRoot = true;
    while (oldSize < end) {
      long middle = begin + Long.highestOneBit(end - begin - 1);
      if (oldSize <= middle) {
        path.addFirst(root(middle, end));
        end = middle;
      } else {
        path.addFirst(root(begin, middle));
        begin = middle;
        isOldRoot = false;
      }
    }
    if (!isOldRoot) {
      path.addFirst(root(begin, end));
    }
    return path;
  }

  // Every part that the splits of the RFC leave begins at a multiple of the largest power of two
  // that fits into it, so a part whose length is a power of two is a stored node.
  private Hash32 root(long begin, long end) {
    long length = end - begin;
    long left = Long.highestOneBit(length);
    if (left == length) {
      int level = Long.numberOfTrailingZeros(length);
      return nodes.node(level, begin >>> level);
    }
    return TreeHash.node(root(begin, begin + left), root(begin + left, end));
  }
}
