package io.isthmus.rest.audit;

import io.isthmus.domain.audit.AuditSubjects;
import java.util.List;

/**
 * What the log has records of.
 *
 * @param projects {@code tenant/project}
 */
public record SubjectsBody(List<String> tenants, List<String> projects, List<String> clouds) {

  static SubjectsBody of(AuditSubjects subjects) {
    return new SubjectsBody(
        subjects.tenants(),
        subjects.projects().stream().map(Object::toString).toList(),
        subjects.clouds());
  }
}
