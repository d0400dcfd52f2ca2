package io.isthmus.domain.keypair;

import io.isthmus.domain.access.ProjectId;
import java.util.Map;

/** Port: the public keys that servers of a project can be given by name. */
public interface KnownKeys {

  /** Name to public key, as one line. */
  Map<String, String> of(ProjectId project);
}
