package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import java.util.List;

/**
 * Where one resource goes and why.
 *
 * @param resource path in the graph
 * @param chosen one place; of a stretched resource, all of its regions
 * @param why one sentence first, facts after
 * @param notChosen every other place of the federation
 */
public record Decision(
    String resource, List<Place> chosen, List<Phrase> why, List<Exclusion> notChosen) {

  public Decision {
    chosen = List.copyOf(chosen);
    why = List.copyOf(why);
    notChosen = List.copyOf(notChosen);
  }
}
