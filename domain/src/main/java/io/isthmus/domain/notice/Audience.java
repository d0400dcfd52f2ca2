package io.isthmus.domain.notice;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose notices: a project's people are told of its stacks, of the clouds as it sees them and of
 * what became of its requests; the federation's administrators of the clouds as all projects see
 * them and of what projects ask for.
 *
 * @param project empty for the federation
 */
public record Audience(Optional<ProjectId> project) {

  public static final Audience FEDERATION = new Audience(Optional.empty());

  public static Audience of(ProjectId project) {
    return new Audience(Optional.of(project));
  }

  /**
   * Those that somebody belongs to: the project's people, and the administrators.
   *
   * @param project in which they work, if in any
   */
  public static List<Audience> of(Optional<ProjectId> project, Caller reader) {
    return Stream.concat(
            project.map(Audience::of).stream(),
            reader.isFederationAdmin() ? Stream.of(FEDERATION) : Stream.empty())
        .toList();
  }

  /** Under which it is kept how far each reader has seen them; no project has no tenant. */
  String key() {
    return project.map(ProjectId::toString).orElse("federation");
  }
}
