package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The services that hold the resources must be there and answer. */
public final class ServiceFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              for (String type : new TreeSet<>(demand.serviceTypes())) {
                if (!region.offers(type)) {
                  refusals.accept(refusal(region, type));
                }
              }
            });
  }

  private static RuleRefusal refusal(RegionInventory region, String type) {
    Service service = region.services().get(type);
    Phrase reason =
        service == null
            ? Phrase.of("placement.service.none", region.region(), type)
            : Phrase.of(
                "placement.service.problem",
                region.region(),
                type,
                service.problem().orElse(Phrase.verbatim("")));
    return new RuleRefusal("service", reason);
  }
}
