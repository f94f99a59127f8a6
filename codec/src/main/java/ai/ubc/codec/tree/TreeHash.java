package ai.ubc.codec.tree;

import ai.ubc.codec.crypto.Sha256;
import ai.ubc.domain.Hash32;
import java.security.MessageDigest;

/**
 * The hashes of a Merkle tree (RFC 9162, section 2.1.1): SHA-256, leaves prefixed by 0, inner nodes
 * by 1, so that no leaf is ever an inner node. From any thread.
 */
public final class TreeHash {
  /** Root of the tree without leaves: the hash of nothing. */
  public static final Hash32 EMPTY = Hash32.of(Sha256.digest().digest());

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private TreeHash() {}

  /** Hash of a leaf with these bytes. */
  public static Hash32 leaf(byte[] bytes) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF);
    return Hash32.of(digest.digest(bytes));
  }

  /** Hash of the node over two others. */
  public static Hash32 node(Hash32 left, Hash32 right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE);
    digest.update(left.bytes());
    return Hash32.of(digest.digest(right.bytes()));
  }
}
