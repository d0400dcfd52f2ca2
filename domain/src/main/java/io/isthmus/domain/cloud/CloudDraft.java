package io.isthmus.domain.cloud;

import io.isthmus.domain.audit.AuditPlace;
import io.isthmus.domain.audit.AuditSubject;

/**
 * An entry of a {@code clouds.yaml}, understood but not yet registered.
 *
 * @param entry its name in the file
 * @param name what people call the cloud
 * @param facts what the entry tells; unknown where it does not
 * @param connection where and as whom to sign in, for which project
 */
public record CloudDraft(String entry, String name, CloudFacts facts, CloudConnection connection)
    implements AuditSubject, AuditPlace {

  public CloudId cloud() {
    return connection.cloud();
  }

  @Override
  public String auditId() {
    return cloud().text();
  }

  @Override
  public String auditCloud() {
    return cloud().text();
  }
}
