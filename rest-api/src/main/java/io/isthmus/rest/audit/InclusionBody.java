package io.isthmus.rest.audit;

import io.isthmus.domain.audit.InclusionProof;
import java.util.List;

/**
 * Shows that a record is in the log.
 *
 * @param leaf its hash
 * @param path the hashes to take with it, from the leaf up (RFC 9162, 2.1.3)
 */
public record InclusionBody(long position, String leaf, List<String> path, SealBody seal) {

  static InclusionBody of(InclusionProof proof) {
    return new InclusionBody(
        proof.position(),
        proof.leaf().toString(),
        proof.path().stream().map(Object::toString).toList(),
        SealBody.of(proof.seal()));
  }
}
