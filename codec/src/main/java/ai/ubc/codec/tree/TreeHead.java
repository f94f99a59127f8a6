package ai.ubc.codec.tree;

import ai.ubc.domain.Hash32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a growing tree: its size, and the roots of the perfect subtrees that its leaves make
 * up, at most 63. That is all it takes to append and to know the root. One thread.
 */
public final class TreeHead {
  private final List<Hash32> roots = new ArrayList<>();
  private long size;

  /** The head of a tree without leaves. */
  public TreeHead() {}

  /**
   * The head that {@link #bytes()} wrote.
   *
   * @throws IllegalArgumentException when the bytes are no head
   */
  public static TreeHead of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long size = bytes.length < Long.BYTES ? -1 : in.getLong();
    if (size < 0 || in.remaining() != Long.bitCount(size) * Hash32.BYTES) {
      throw new IllegalArgumentException("not the head of a tree: " + bytes.length + " bytes");
    }
    TreeHead head = new TreeHead();
    head.size = size;
    byte[] hash = new byte[Hash32.BYTES];
    while (in.hasRemaining()) {
      in.get(hash);
      head.roots.add(Hash32.of(hash));
    }
    return head;
  }

  /** The head that the stored nodes of a tree with {@code size} leaves make up. */
  public static TreeHead of(long size, TreeNodes nodes) {
    TreeHead head = new TreeHead();
    head.size = size;
    long begin = 0;
    for (long rest = size; rest != 0; rest -= Long.highestOneBit(rest)) {
      int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
      head.roots.add(nodes.node(level, begin >>> level));
      begin += Long.highestOneBit(rest);
    }
    return head;
  }

  /** Appends a leaf by its hash; the nodes that are now complete go to the sink, lowest first. */
  public void append(Hash32 leafHash, TreeNodes.Sink sink) {
    sink.node(0, size, leafHash);
    Hash32 node = leafHash;
    int level = 0;
    for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
      node = TreeHash.node(roots.removeLast(), node);
      sink.node(++level, rest >>> 1, node);
    }
    roots.add(node);
    size++;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** The tree's root. */
  public Hash32 root() {
    if (roots.isEmpty()) {
      return TreeHash.EMPTY;
    }
    Hash32 root = roots.getLast();
    for (Hash32 left : roots.reversed().subList(1, roots.size())) {
      root = TreeHash.node(left, root);
    }
    return root;
  }

  /** Size (8 bytes, big-endian), then the roots of the perfect subtrees, largest first. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES + roots.size() * Hash32.BYTES).putLong(size);
    roots.forEach(root -> out.put(root.bytes()));
    return out.array();
  }
}
