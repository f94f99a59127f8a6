package ai.ubc.codec.tree;

import ai.ubc.domain.Hash32;

/** The stored nodes of a tree, from which proofs are made. */
@FunctionalInterface
public interface TreeNodes {
  /**
   * The hash of a perfect subtree.
   *
   * @param level its height: 0 for a leaf; it has 2^level leaves
   * @param index its place among the subtrees of this height, from 0
   */
  Hash32 node(int level, long index);

  /** Takes nodes as they are completed; each is final. */
  @FunctionalInterface
  interface Sink {
    /** A perfect subtree is complete; see {@link TreeNodes#node}. */
    void node(int level, long index, Hash32 hash);
  }
}
