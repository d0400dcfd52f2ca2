package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.Optional;
import java.util.function.Consumer;

/** The services that hold the resources must be there and answer. */
public final class ServiceFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    site.region()
        .ifPresent(
            region -> {
              for (String type : demand.serviceTypes()) {
                lacking(region, type)
                    .ifPresent(why -> refusals.accept(RuleRefusal.of(Hindrance.SERVICE, why)));
              }
            });
  }

  /** Why a service of a region cannot be used; empty when it can. */
  public static Optional<Phrase> lacking(RegionInventory region, String type) {
    return region.offers(type) ? Optional.empty() : Optional.of(reason(region, type));
  }

  private static Phrase reason(RegionInventory region, String type) {
    Service service = region.services().get(type);
    return service == null
        ? Phrase.of("placement.service.none", region.region(), type)
        : Phrase.of(
            "placement.service.problem",
            region.region(),
            type,
            service.problem().orElse(Phrase.verbatim("")));
  }
}
