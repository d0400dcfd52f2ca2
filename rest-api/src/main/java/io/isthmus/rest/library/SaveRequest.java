package io.isthmus.rest.library;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SaveItem;
import io.isthmus.domain.template.TemplateSource;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Map;

/**
 * What is to be saved.
 *
 * @param project {@code tenant/project}; the caller's own first project when left out
 * @param description may be left out
 * @param text HOT, or a placement policy
 * @param files of a template
 * @param environment that goes with a template; may be left out
 */
public record SaveRequest(
    String project,
    String description,
    @NotBlank String text,
    Map<String, @NotNull String> files,
    String environment) {

  SaveItem toCommand(ProjectId inProject, ItemKind kind, String name, int seen) {
    return new SaveItem(
        inProject,
        kind,
        name,
        description == null ? "" : description,
        new TemplateSource(text, files == null ? Map.of() : files),
        environment == null ? "" : environment,
        seen);
  }
}
