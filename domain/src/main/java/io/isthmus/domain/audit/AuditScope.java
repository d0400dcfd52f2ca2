package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import java.util.Optional;

/** One audited request, for as long as its thread serves it. */
public final class AuditScope implements AutoCloseable {

  private static final ThreadLocal<AuditScope> CURRENT = new ThreadLocal<>();

  private Optional<ProjectId> project = Optional.empty();
  private int depth;

  private AuditScope() {}

  /** Begins a request; empty when this thread serves one already. */
  static Optional<AuditScope> begin() {
    if (CURRENT.get() != null) {
      return Optional.empty();
    }
    AuditScope scope = new AuditScope();
    CURRENT.set(scope);
    return Optional.of(scope);
  }

  static Optional<AuditScope> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Notes on whose behalf the request is made that this thread serves, if it is audited. */
  public static void onBehalfOf(ProjectId project) {
    current().ifPresent(scope -> scope.project = Optional.of(project));
  }

  Optional<ProjectId> project() {
    return project;
  }

  /** Enters a use case. */
  void enter() {
    depth++;
  }

  void leave() {
    depth--;
  }

  /** Whether the use case that was entered is the one that was asked for. */
  boolean isOutermost() {
    return depth == 1;
  }

  @Override
  public void close() {
    CURRENT.remove();
  }
}
