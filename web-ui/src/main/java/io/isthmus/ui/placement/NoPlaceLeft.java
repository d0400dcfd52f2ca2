package io.isthmus.ui.placement;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Why nothing could be made anywhere: each place once, with all that excluded it. */
public class NoPlaceLeft extends Div {

  private static final long serialVersionUID = 1L;

  public NoPlaceLeft(Placement.Unplaced unplaced, Clouds clouds) {
    addClassName("stack");
    // The first is in the sentence before.
    unplaced.reasons().stream()
        .skip(1)
        .forEach(reason -> add(new Paragraph(reason.in(Reader.locale()))));
    add(new WhyNot(places(unplaced.unplaced()), clouds));
  }

  /** What has to be together is excluded together, mostly for the same reason. */
  static List<Exclusion> places(List<Decision> unplaced) {
    Map<String, Exclusion> places = new LinkedHashMap<>();
    for (Decision decision : unplaced) {
      for (Exclusion exclusion : decision.notChosen()) {
        places.merge(exclusion.name(), exclusion, NoPlaceLeft::both);
      }
    }
    return List.copyOf(places.values());
  }

  private static Exclusion both(Exclusion one, Exclusion other) {
    List<RuleRefusal> refusals =
        Stream.concat(one.refusals().stream(), other.refusals().stream()).distinct().toList();
    return new Exclusion(
        one.cloud(),
        one.region(),
        one.availabilityZone(),
        refusals,
        refusals.isEmpty() ? one.outweighed().or(other::outweighed) : Optional.empty());
  }
}
