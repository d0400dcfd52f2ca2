package io.isthmus.domain.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What is needed of a Merkle tree to go on with it: the hashes of its largest complete subtrees,
 * from the left. Their sizes are the powers of two of which the tree's size is the sum, so there
 * are never more than 63.
 *
 * @see "RFC 6962, 2.1"
 */
public final class CompactRange {

  /** Is told of each subtree as it becomes complete, the leaves themselves included. */
  @FunctionalInterface
  public interface Completed {
    /**
     * @param index of the subtree among those of its level: it is over the leaves from {@code index
     *     * 2^level}
     */
    void node(int level, long index, Hash hash);
  }

  private final List<Hash> subtrees;
  private long size;

  /** Of no leaf. */
  public CompactRange() {
    this(0, List.of());
  }

  /**
   * @param subtrees of a tree of that size, the largest first
   * @throws IllegalArgumentException when they are not as many as such a tree has
   */
  public CompactRange(long size, List<Hash> subtrees) {
    if (size < 0 || Long.bitCount(size) != subtrees.size()) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves has not " + subtrees.size() + " complete subtrees");
    }
    this.size = size;
    this.subtrees = new ArrayList<>(subtrees);
  }

  public long size() {
    return size;
  }

  /** The largest first. */
  public List<Hash> subtrees() {
    return List.copyOf(subtrees);
  }

  public void append(Hash leaf) {
    append(leaf, (level, index, hash) -> {});
  }

  public void append(Hash leaf, Completed completed) {
    long index = size;
    Hash hash = leaf;
    int level = 0;
    completed.node(level, index, hash);
    // Each subtree of the same size joins the new one, as in counting on by one in binary.
    while ((index & 1) == 1) {
      hash = Hash.ofNode(subtrees.remove(subtrees.size() - 1), hash);
      index >>= 1;
      level++;
      completed.node(level, index, hash);
    }
    subtrees.add(hash);
    size++;
  }

  /** The tree's root. */
  public Hash root() {
    if (subtrees.isEmpty()) {
      return MerkleTree.EMPTY;
    }
    Hash root = subtrees.get(subtrees.size() - 1);
    for (int next = subtrees.size() - 2; next >= 0; next--) {
      root = Hash.ofNode(subtrees.get(next), root);
    }
    return root;
  }
}
