package io.isthmus.domain.cloud;

import io.isthmus.domain.audit.AuditPlace;
import io.isthmus.domain.audit.AuditSubject;

/**
 * Short name of a member cloud, unique in the federation: {@code gra}.
 *
 * @param text lower-case letters, digits and dashes, at most 40, beginning with a letter
 */
public record CloudId(String text) implements Comparable<CloudId>, AuditSubject, AuditPlace {

  public CloudId {
    if (!text.matches("[a-z][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException("not a cloud id: " + text);
    }
  }

  @Override
  public int compareTo(CloudId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String auditId() {
    return text;
  }

  @Override
  public String auditCloud() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
