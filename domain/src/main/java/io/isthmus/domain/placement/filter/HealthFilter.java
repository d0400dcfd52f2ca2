package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** Nothing new goes to a cloud that did not answer when it was last asked. */
public final class HealthFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    if (site.cloud().health().state() == CloudHealth.State.UNREACHABLE) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.SILENT, Phrase.of("placement.health.unreachable", site.cloud().name())));
    }
  }
}
