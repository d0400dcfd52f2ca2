package io.isthmus.domain.placement.filter;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.PolicyRule;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.function.Consumer;

/** Rules may name the clouds that they allow. */
public final class CloudChoiceFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    String cloud = site.cloud().id().text();
    for (PolicyRule rule : demand.rules()) {
      if (!rule.clouds().anyOf().isEmpty() && !rule.clouds().anyOf().contains(cloud)) {
        refusals.accept(
            RuleRefusal.byRule(
                rule.name(),
                Phrase.of(
                    "placement.clouds.not-among",
                    site.cloud().name(),
                    rule.name(),
                    String.join(", ", rule.clouds().anyOf()))));
      }
      if (rule.clouds().noneOf().contains(cloud)) {
        refusals.accept(
            RuleRefusal.byRule(
                rule.name(),
                Phrase.of("placement.clouds.excluded", site.cloud().name(), rule.name())));
      }
    }
  }
}
