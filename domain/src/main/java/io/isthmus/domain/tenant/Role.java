package io.isthmus.domain.tenant;

import java.util.Locale;

/** What a person may do in a project; OpenStack's roles, and {@code auditor}. */
public enum Role {
  /** Sees everything of the project but its secrets. */
  READER,
  /** Creates, changes and deletes stacks. */
  MEMBER,
  /** Assigns roles within the project, too. */
  MANAGER,
  /** Everything that the tenant may do in the project. */
  ADMIN,
  /** Sees everything, and the audit trail; changes nothing. */
  AUDITOR;

  /** Whether holding this role allows what the other one does. */
  public boolean includes(Role other) {
    return this == other
        || other == READER
        || (this != AUDITOR && other != AUDITOR && compareTo(other) > 0)
        || (this == ADMIN && other == AUDITOR);
  }

  /** As OpenStack writes it: {@code member}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
