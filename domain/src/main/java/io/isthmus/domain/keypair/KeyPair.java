package io.isthmus.domain.keypair;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import java.time.Instant;

/**
 * A public key that a project keeps under a name. It never changes; what is to be another is
 * removed and added anew. The private key stays with who made the pair.
 *
 * @param name unique in its project
 * @param addedAt to the microsecond
 */
public record KeyPair(
    ProjectId project, String name, PublicKey key, String addedBy, Instant addedAt)
    implements AuditSubject {

  @Override
  public String auditId() {
    return name;
  }
}
