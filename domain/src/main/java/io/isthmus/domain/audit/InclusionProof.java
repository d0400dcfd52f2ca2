package io.isthmus.domain.audit;

import java.util.List;

/**
 * Shows that a record is in the log that a seal closes.
 *
 * @param leaf hash of the record's text
 * @param path to be hashed with it, from the leaf up
 * @see MerkleProof#includes
 */
public record InclusionProof(long position, Hash leaf, Seal seal, List<Hash> path) {

  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Whether it shows it. */
  public boolean holds() {
    return MerkleProof.includes(leaf, position, seal.size(), seal.root(), path);
  }
}
