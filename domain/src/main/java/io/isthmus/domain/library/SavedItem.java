package io.isthmus.domain.library;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.template.TemplateSource;
import java.time.Instant;

/**
 * One version of a template or policy that a project keeps.
 *
 * @param name unique in the project among its kind
 * @param version 1 for the first; a version once saved never changes
 * @param latest the newest version
 * @param description a sentence for those who choose; may be empty
 * @param source the text; a policy has no files
 * @param environment that goes with a template; empty for none
 * @param isDefault whether it is the policy of stacks that name none
 */
public record SavedItem(
    ProjectId project,
    ItemKind kind,
    String name,
    int version,
    int latest,
    String description,
    TemplateSource source,
    String environment,
    Instant savedAt,
    String savedBy,
    boolean isDefault) {}
