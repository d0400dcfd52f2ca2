package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.template.KeptImage;
import java.util.Map;
import java.util.Set;

/** Port: the images that templates of a project can name. */
public interface KnownImages {

  /** Those whose content is here, by name. */
  Map<String, KeptImage> of(ProjectId project);

  /** Names of those whose content is still on its way. */
  Set<String> unfinished(ProjectId project);

  /** Whether the project has a verified copy there already, where its access leads now. */
  boolean isIn(ProjectId project, String image, CloudId cloud, String region);
}
