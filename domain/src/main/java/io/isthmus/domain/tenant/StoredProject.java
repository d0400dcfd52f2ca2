package io.isthmus.domain.tenant;

import io.isthmus.domain.access.ProjectId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "project")
class StoredProject {

  @Id private String id;
  private String tenant;
  private String name;

  protected StoredProject() {}

  StoredProject(ProjectId project) {
    id = project.toString();
    tenant = project.tenant();
    name = project.project();
  }

  ProjectId toId() {
    return new ProjectId(tenant, name);
  }
}
