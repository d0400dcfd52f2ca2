package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** A project reaches a cloud only through an access of its own. */
public final class AccessFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    if (!site.cloud().accessible()) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.ACCESS, Phrase.of("placement.access.none", site.cloud().name())));
    }
  }
}
