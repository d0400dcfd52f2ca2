package io.isthmus.domain.audit;

import java.util.List;

/**
 * Shows that the log that a seal closes begins with all that an earlier one closes, unchanged.
 *
 * @see MerkleProof#extendsTree
 */
public record ConsistencyProof(Seal earlier, Seal later, List<Hash> path) {

  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** Whether it shows it. */
  public boolean holds() {
    return MerkleProof.extendsTree(
        earlier.size(), earlier.root(), later.size(), later.root(), path);
  }
}
