package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.List;
import java.util.function.Consumer;

/** Nothing new goes to a cloud or region that is left. Zones are places of their own. */
public final class ClosedAreaFilter implements PlacementFilter {

  private final List<ClosedArea> closed;

  public ClosedAreaFilter(List<ClosedArea> closed) {
    this.closed = closed;
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    for (ClosedArea one : closed) {
      boolean covered =
          site.region()
              .map(region -> one.area().covers(site.cloud().id(), region.region()))
              .orElse(
                  one.area().region().isEmpty() && one.area().cloud().equals(site.cloud().id()));
      if (covered) {
        refusals.accept(RuleRefusal.of(Hindrance.CLOSED, one.reason()));
      }
    }
  }
}
