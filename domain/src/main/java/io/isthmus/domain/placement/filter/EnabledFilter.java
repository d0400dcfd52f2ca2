package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** An administrator may close a cloud to what is new. */
public final class EnabledFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    if (!site.cloud().enabled()) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.CLOSED, Phrase.of("placement.enabled.not", site.cloud().name())));
    }
  }
}
