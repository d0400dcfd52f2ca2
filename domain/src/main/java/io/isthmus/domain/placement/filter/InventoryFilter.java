package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** Nothing goes where nobody has looked yet. */
public final class InventoryFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    if (site.cloud().accessible() && site.region().isEmpty()) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.UNREAD, Phrase.of("placement.inventory.none", site.cloud().name())));
    }
  }
}
