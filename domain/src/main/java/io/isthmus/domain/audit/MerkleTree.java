package io.isthmus.domain.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree over a log that only grows: its root for any size that it has had, and the proofs
 * that a leaf is in it and that a later tree holds all of an earlier one.
 *
 * @see "RFC 6962, 2.1"
 */
public final class MerkleTree {

  /** Where the hashes of complete subtrees are read. */
  @FunctionalInterface
  public interface Nodes {
    /**
     * The hash over the leaves from {@code index * 2^level} up to but not including {@code (index +
     * 1) * 2^level}, all of which exist.
     *
     * @param level 0 for a leaf
     */
    Hash node(int level, long index);
  }

  /** Of no leaf at all. */
  static final Hash EMPTY = Hash.of(new byte[0]);

  private final Nodes nodes;

  public MerkleTree(Nodes nodes) {
    this.nodes = nodes;
  }

  /**
   * @param size how many leaves count, at most as many as there are
   */
  public Hash root(long size) {
    return size == 0 ? EMPTY : over(0, size);
  }

  /** What is needed to go on with the tree from a size. */
  CompactRange range(long size) {
    List<Hash> subtrees = new ArrayList<>();
    long from = 0;
    for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
      long part = Long.highestOneBit(left);
      subtrees.add(over(from, from + part));
      from += part;
    }
    return new CompactRange(size, subtrees);
  }

  /**
   * What shows that a leaf is in the tree.
   *
   * @param leaf its index, less than {@code size}
   * @see MerkleProof#includes
   */
  public List<Hash> inclusion(long leaf, long size) {
    require(leaf >= 0 && leaf < size, "leaf " + leaf + " of " + size);
    List<Hash> path = new ArrayList<>();
    inclusion(leaf, 0, size, path);
    return path;
  }

  private void inclusion(long leaf, long from, long to, List<Hash> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (leaf < middle) {
      inclusion(leaf, from, middle, path);
      path.add(over(middle, to));
    } else {
      inclusion(leaf, middle, to, path);
      path.add(over(from, middle));
    }
  }

  /**
   * What shows that a tree begins with all leaves of an earlier one, in their order.
   *
   * @param before size of the earlier one, from 1 up to {@code size}
   * @see MerkleProof#extendsTree
   */
  public List<Hash> consistency(long before, long size) {
    require(before >= 1 && before <= size, "tree of " + before + " in one of " + size);
    List<Hash> path = new ArrayList<>();
    consistency(before, 0, size, true, path);
    return path;
  }

  /**
   * @param whole whether the leaves up to {@code before} are just the earlier tree, whose root is
   *     known already
   */
  private void consistency(long before, long from, long to, boolean whole, List<Hash> path) {
    if (before == to) {
      if (!whole) {
        path.add(over(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (before <= middle) {
      consistency(before, from, middle, whole, path);
      path.add(over(middle, to));
    } else {
      consistency(before, middle, to, false, path);
      path.add(over(from, middle));
    }
  }

  /** Begins at a multiple of the largest power of two that is within. */
  private Hash over(long from, long to) {
    long size = to - from;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return nodes.node(level, from >> level);
    }
    long middle = from + split(size);
    return Hash.ofNode(over(from, middle), over(middle, to));
  }

  /** The largest power of two less than a size of at least 2. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("there is no " + what);
    }
  }
}
