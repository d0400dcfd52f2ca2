package io.isthmus.domain.cloud;

import io.isthmus.domain.audit.AuditPlace;
import io.isthmus.domain.audit.AuditSubject;
import java.util.Optional;

/**
 * An entry of a {@code clouds.yaml}, understood but not yet registered.
 *
 * @param entry its name in the file
 * @param name what people call the cloud
 * @param facts what the entry tells; unknown where it does not
 * @param prices what the entry tells of them; they go to the cloud's price book
 * @param connection where and as whom to sign in, for which project
 */
public record CloudDraft(
    String entry,
    String name,
    CloudFacts facts,
    Optional<PriceList> prices,
    CloudConnection connection)
    implements AuditSubject, AuditPlace {

  /** Without prices. */
  public CloudDraft(String entry, String name, CloudFacts facts, CloudConnection connection) {
    this(entry, name, facts, Optional.empty(), connection);
  }

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
