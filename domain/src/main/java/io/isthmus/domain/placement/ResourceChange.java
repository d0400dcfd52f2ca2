package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one resource in an update of its stack, as people read it.
 *
 * @param resource path in the graph
 * @param type HOT type; that of afterwards, where the type changes
 * @param from where it is; empty for what is added and for what is in no cloud
 * @param to where it will be; empty for what is removed and for what is in no cloud
 * @param causes the properties whose change causes it, as in the template, such as {@code flavor};
 *     {@code type} for another type. Empty for what is added, removed or unchanged, and for what
 *     moves because of the policy
 * @param interruption what is interrupted or lost, and for what is made anew in which order; empty
 *     when nothing is
 */
public record ResourceChange(
    String resource,
    String type,
    Kind kind,
    List<Place> from,
    List<Place> to,
    List<String> causes,
    Optional<Phrase> interruption) {

  public ResourceChange {
    from = List.copyOf(from);
    to = List.copyOf(to);
    causes = List.copyOf(causes);
  }

  /** How it is changed, in the order in which people should hear of it. */
  public enum Kind {
    REMOVED,
    MOVED,
    REPLACED,
    UPDATED,
    ADDED,
    UNCHANGED
  }
}
