package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import java.util.Optional;

/**
 * What could not be looked at, so that nothing is known of it.
 *
 * @param region empty for the whole cloud
 * @param project through whose access it was tried
 * @param type empty for all of them
 */
public record Unseen(
    CloudId cloud,
    Optional<String> region,
    ProjectId project,
    Optional<String> type,
    Phrase reason) {}
