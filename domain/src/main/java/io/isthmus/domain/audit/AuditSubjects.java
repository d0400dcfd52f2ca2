package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import java.util.List;

/**
 * What the log has records of, each once, in order.
 *
 * @param clouds their ids
 */
public record AuditSubjects(List<ProjectId> projects, List<String> clouds) {

  public AuditSubjects {
    projects = List.copyOf(projects);
    clouds = List.copyOf(clouds);
  }

  /** The projects' tenants, each once. */
  public List<String> tenants() {
    return projects.stream().map(ProjectId::tenant).distinct().toList();
  }
}
