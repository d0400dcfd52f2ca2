package io.isthmus.domain.tenant;

import io.isthmus.domain.access.ProjectId;
import java.util.Set;

/**
 * A project and what one caller may do in it.
 *
 * @param roles at least one
 */
public record ProjectRoles(ProjectId project, Set<Role> roles) {

  public ProjectRoles {
    roles = Set.copyOf(roles);
  }

  /** Whether one of the roles allows what the given one does. */
  public boolean allow(Role needed) {
    return roles.stream().anyMatch(role -> role.includes(needed));
  }
}
