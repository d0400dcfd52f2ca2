package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.Jurisdictions;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.PolicyRule;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** No law that a rule excludes may reach the operator, by its seat or otherwise. */
public final class OperatorExposureFilter implements PlacementFilter {

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    Operator operator = site.cloud().facts().operator();
    for (PolicyRule rule : demand.rules()) {
      List<String> excluded = rule.residency().operatorsNotExposedTo();
      if (excluded.isEmpty()) {
        continue;
      }
      if (operator.seat().isEmpty()) {
        refuse(rule, "placement.exposure.seat-unknown", operator, excluded, refusals);
      }
      if (operator.exposedTo().isEmpty()) {
        refuse(rule, "placement.exposure.unknown", operator, excluded, refusals);
      }
      for (String law : excluded) {
        if (operator.seat().isPresent() && Jurisdictions.reaches(operator.seat().get(), law)) {
          refuse(rule, "placement.exposure.by-seat", operator, List.of(law), refusals);
        } else if (operator.exposedTo().orElse(Set.of()).stream()
            .anyMatch(reached -> Jurisdictions.reaches(reached, law))) {
          refuse(rule, "placement.exposure.reached", operator, List.of(law), refusals);
        }
      }
    }
  }

  private static void refuse(
      PolicyRule rule,
      String key,
      Operator operator,
      List<String> laws,
      Consumer<RuleRefusal> refusals) {
    refusals.accept(
        RuleRefusal.byRule(
            rule.name(), Phrase.of(key, operator.name(), rule.name(), Phrase.countries(laws))));
  }
}
