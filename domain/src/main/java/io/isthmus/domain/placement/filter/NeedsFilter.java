package io.isthmus.domain.placement.filter;

import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Capability;
import io.isthmus.domain.placement.Demand;
import io.isthmus.domain.placement.PlacementFilter;
import io.isthmus.domain.placement.PolicyRule;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Site;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A rule may require capabilities of the region and certificates of the cloud. A certificate whose
 * last day is not known counts as valid: that the cloud holds it was said.
 */
public final class NeedsFilter implements PlacementFilter {

  private final LocalDate today;

  /**
   * @param today the day on which certificates must be valid, in UTC
   */
  public NeedsFilter(LocalDate today) {
    this.today = today;
  }

  @Override
  public void examine(Demand demand, Site site, Consumer<RuleRefusal> refusals) {
    for (PolicyRule rule : demand.rules()) {
      if (!rule.needs().leavesOut()) {
        unmet(rule, site).forEach(why -> refusals.accept(RuleRefusal.byRule(rule.name(), why)));
      }
    }
  }

  /** What a rule requires and a site does not have. */
  public List<Phrase> unmet(PolicyRule rule, Site site) {
    List<Phrase> unmet = new ArrayList<>();
    site.region()
        .ifPresent(
            region ->
                rule.needs()
                    .capabilities()
                    .forEach(
                        capability -> lacking(capability, region, rule).ifPresent(unmet::add)));
    rule.needs()
        .certifications()
        .forEach(wanted -> missing(wanted, site, rule).ifPresent(unmet::add));
    return unmet;
  }

  private static Optional<Phrase> lacking(
      Capability capability, RegionInventory region, PolicyRule rule) {
    if (capability.isExtension()
        ? region.networkExtensions().contains(capability.offer())
        : region.offers(capability.offer())) {
      return Optional.empty();
    }
    Optional<Phrase> problem =
        Optional.ofNullable(region.services().get(capability.offer())).flatMap(Service::problem);
    return Optional.of(
        problem
            .map(
                answer ->
                    Phrase.of(
                        "placement.needs.capability-problem",
                        region.region(),
                        capability.word(),
                        rule.name(),
                        answer))
            .orElse(
                Phrase.of(
                    "placement.needs.no-capability",
                    region.region(),
                    capability.word(),
                    rule.name())));
  }

  private Optional<Phrase> missing(String wanted, Site site, PolicyRule rule) {
    List<Certification> held =
        site.cloud().facts().certifications().stream()
            .filter(certification -> certification.name().equalsIgnoreCase(wanted))
            .toList();
    if (held.isEmpty()) {
      return Optional.of(
          Phrase.of("placement.needs.not-certified", site.cloud().name(), wanted, rule.name()));
    }
    if (held.stream().anyMatch(one -> !one.until().orElse(LocalDate.MAX).isBefore(today))) {
      return Optional.empty();
    }
    LocalDate last =
        held.stream().map(one -> one.until().orElseThrow()).max(LocalDate::compareTo).orElseThrow();
    return Optional.of(
        Phrase.of(
            "placement.needs.certificate-expired", site.cloud().name(), wanted, rule.name(), last));
  }
}
