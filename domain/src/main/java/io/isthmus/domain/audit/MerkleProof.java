package io.isthmus.domain.audit;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Checks proofs, knowing nothing of the tree but its size and root. A proof that is too short, too
 * long or altered proves nothing.
 *
 * @see "RFC 9162, 2.1.3.2 and 2.1.4.2"
 */
public final class MerkleProof {

  private MerkleProof() {}

  /**
   * Whether a leaf is in a tree.
   *
   * @param leaf the leaf's hash
   * @param index its place
   */
  public static boolean includes(Hash leaf, long index, long size, Hash root, List<Hash> path) {
    if (index < 0 || index >= size) {
      return false;
    }
    long place = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash next : path) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = Hash.ofNode(next, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether a tree begins with all leaves of an earlier one. */
  public static boolean extendsTree(
      long before, Hash rootBefore, long size, Hash root, List<Hash> path) {
    if (before < 1 || before > size) {
      return false;
    }
    if (before == size) {
      return path.isEmpty() && rootBefore.equals(root);
    }
    Iterator<Hash> rest = path.iterator();
    // When the earlier tree is complete its root is the first hash of the path, and is left out.
    Optional<Hash> first =
        Long.bitCount(before) == 1
            ? Optional.of(rootBefore)
            : rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    if (first.isEmpty()) {
      return false;
    }
    long place = before - 1;
    long last = size - 1;
    while ((place & 1) == 1) {
      place >>= 1;
      last >>= 1;
    }
    Hash earlier = first.get();
    Hash later = first.get();
    while (rest.hasNext()) {
      Hash next = rest.next();
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        earlier = Hash.ofNode(next, earlier);
        later = Hash.ofNode(next, later);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        later = Hash.ofNode(later, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && earlier.equals(rootBefore) && later.equals(root);
  }
}
