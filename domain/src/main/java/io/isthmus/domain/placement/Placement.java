package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.List;

/** The planner's answer: everything has a place, or something has none. */
public sealed interface Placement {

  List<Decision> decisions();

  /**
   * Everything has a place.
   *
   * @param parts each after all that it requires
   * @param cost what they will cost
   */
  record Placed(List<PlannedPart> parts, Wiring wiring, List<Decision> decisions, Estimate cost)
      implements Placement {

    public Placed {
      parts = List.copyOf(parts);
      decisions = List.copyOf(decisions);
    }

    /** The same with further remarks. */
    Placed with(List<Phrase> remarks) {
      List<Phrase> all = new ArrayList<>(wiring.remarks());
      all.addAll(remarks);
      return new Placed(parts, new Wiring(wiring.segments(), all), decisions, cost);
    }
  }

  /**
   * Something has no place.
   *
   * @param unplaced each resource without a place, with every place and every rule that excluded it
   * @param reasons why as a whole, such as a spread constraint that cannot be met
   * @param decisions what could be decided all the same
   */
  record Unplaced(List<Decision> unplaced, List<Phrase> reasons, List<Decision> decisions)
      implements Placement {

    public Unplaced {
      unplaced = List.copyOf(unplaced);
      reasons = List.copyOf(reasons);
      decisions = List.copyOf(decisions);
    }

    /** The same with further reasons. */
    Unplaced with(List<Phrase> more) {
      List<Phrase> all = new ArrayList<>(reasons);
      all.addAll(more);
      return new Unplaced(unplaced, all, decisions);
    }
  }
}
