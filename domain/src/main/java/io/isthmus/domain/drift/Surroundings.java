package io.isthmus.domain.drift;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What else is known of a region while one of a stack's parts in it is compared. */
public interface Surroundings {

  /** What carries exactly this text of a mark, of this stack. */
  List<MirrorItem> marked(MirrorKind kind, String mark);

  /** Ids of all that has this name, among what the project may use there. */
  List<String> named(MirrorKind kind, String name);

  /** The name of what has this id; empty when it is not known or has none. */
  Optional<String> name(MirrorKind kind, String id);

  /** The size of server of this id, else of this name; empty when it is not known. */
  Optional<Size> size(String idOrName);

  /** What was given to the cloud for the stack's finished parts of a type in this region. */
  List<JsonObject> given(String type);

  /** Whether a stack of the project has a part of the type with this id in this region. */
  boolean isPart(String type, String physicalId);

  /** A size of server. */
  record Size(String id, String name) {}
}
