package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;

/** Port: tells what still needs a cloud. Implemented by every capability that puts things there. */
public interface CloudUse {

  /**
   * What is in the cloud, one phrase for each thing that a person would have to remove or move.
   *
   * @param project only what belongs to it; empty for all
   */
  List<Phrase> usesOf(CloudId cloud, Optional<ProjectId> project);
}
