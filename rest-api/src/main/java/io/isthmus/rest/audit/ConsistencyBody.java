package io.isthmus.rest.audit;

import io.isthmus.domain.audit.ConsistencyProof;
import java.util.List;

/**
 * Shows that the later seal's log begins with all of the earlier one's.
 *
 * @param path the hashes to take (RFC 9162, 2.1.4)
 */
public record ConsistencyBody(SealBody earlier, SealBody later, List<String> path) {

  static ConsistencyBody of(ConsistencyProof proof) {
    return new ConsistencyBody(
        SealBody.of(proof.earlier()),
        SealBody.of(proof.later()),
        proof.path().stream().map(Object::toString).toList());
  }
}
