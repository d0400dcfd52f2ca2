package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;

/** CDI event, fired after it was stored: a cloud looks different to one project than before. */
public record CloudHealthChanged(
    CloudId cloud, ProjectId project, CloudHealth before, CloudHealth after) {}
