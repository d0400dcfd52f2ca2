package io.isthmus.domain.cloud;

import io.isthmus.domain.audit.AuditPlace;
import io.isthmus.domain.audit.AuditSubject;
import java.util.Locale;

/**
 * An administrator's word that what templates call {@code name} is called {@code localName} in one
 * cloud.
 *
 * @param localName name or id in that cloud
 */
public record Equivalence(Kind kind, String name, CloudId cloud, String localName)
    implements AuditSubject, AuditPlace {

  /** Whether both are of one kind, name and cloud, of which there is at most one. */
  public boolean isOfSameNameAs(Equivalence other) {
    return kind == other.kind && name.equals(other.name) && cloud.equals(other.cloud);
  }

  @Override
  public String auditId() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + name;
  }

  @Override
  public String auditCloud() {
    return cloud.text();
  }

  /** What has different names from cloud to cloud. */
  public enum Kind {
    FLAVOR,
    IMAGE,
    NETWORK,
    VOLUME_TYPE
  }
}
