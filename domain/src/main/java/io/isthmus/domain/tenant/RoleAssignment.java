package io.isthmus.domain.tenant;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A role given to a person or to everyone of an organization, in one project or in all. */
@Entity
@Table(name = "role_assignment")
class RoleAssignment {

  /** How the holder is named. */
  enum PrincipalKind {
    SUBJECT,
    USER,
    ORGANIZATION
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "role_assignment_id")
  @SequenceGenerator(
      name = "role_assignment_id",
      sequenceName = "role_assignment_id",
      allocationSize = 50)
  private long id;

  private String tenant;
  private String project;

  @Enumerated(EnumType.STRING)
  private Role role;

  @Enumerated(EnumType.STRING)
  @Column(name = "principal_kind")
  private PrincipalKind principalKind;

  private String principal;

  protected RoleAssignment() {}

  /** The role, for everyone of the organization, in every project of the tenant. */
  static RoleAssignment ofOrganization(String tenant, Role role, String organization) {
    RoleAssignment assignment = new RoleAssignment();
    assignment.tenant = tenant;
    assignment.role = role;
    assignment.principalKind = PrincipalKind.ORGANIZATION;
    assignment.principal = organization;
    return assignment;
  }

  Role role() {
    return role;
  }

  boolean covers(ProjectId candidate) {
    return tenant.equals(candidate.tenant())
        && (project == null || project.equals(candidate.toString()));
  }

  boolean isHeldBy(Caller caller) {
    return switch (principalKind) {
      case SUBJECT -> principal.equals(caller.subject());
      case USER -> principal.equals(caller.name());
      case ORGANIZATION -> caller.organizations().contains(principal);
    };
  }
}
