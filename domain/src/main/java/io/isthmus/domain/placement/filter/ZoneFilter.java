package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.List;
import java.util.function.Consumer;

/** Availability zones that a template asks for must be in the region. */
public final class ZoneFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              for (String zone : demand.computeZones()) {
                examine(zone, region.zones(), region.region(), refusals);
              }
              for (String zone : demand.volumeZones()) {
                examine(zone, region.volumeZones(), region.region(), refusals);
              }
              if (demand.computeZones().size() > 1) {
                refusals.accept(
                    RuleRefusal.of(
                        Hindrance.ZONE,
                        Phrase.of(
                            "placement.zone.several", String.join(", ", demand.computeZones()))));
              }
            });
  }

  private static void examine(
      String zone, List<String> zones, String region, Consumer<RuleRefusal> refusals) {
    if (!zones.contains(zone)) {
      refusals.accept(
          RuleRefusal.of(
              Hindrance.ZONE,
              Phrase.of("placement.zone.unknown", region, zone, String.join(", ", zones))));
    }
  }
}
