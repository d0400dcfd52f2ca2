package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Jurisdictions;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.PolicyRule;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The region must lie under a law that the rules allow; not knowing refuses. */
public final class ResidencyFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    for (PolicyRule rule : demand.rules()) {
      List<String> allowed = rule.residency().jurisdictions();
      if (allowed.isEmpty()) {
        continue;
      }
      Optional<String> country = site.facts().country();
      if (country.isEmpty()) {
        refusals.accept(
            RuleRefusal.byRule(
                rule.name(),
                Phrase.of("placement.residency.country-unknown", site.label(), rule.name())));
      } else if (Collections.disjoint(Jurisdictions.of(country.get()), allowed)) {
        refusals.accept(
            RuleRefusal.byRule(
                rule.name(),
                Phrase.of(
                    "placement.residency.elsewhere",
                    site.label(),
                    Phrase.countries(List.of(country.get())),
                    rule.name(),
                    Phrase.countries(allowed))));
      }
    }
  }
}
