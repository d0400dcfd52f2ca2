package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import java.util.List;
import java.util.Optional;

/** What the federation lets a project or tenant have in several regions together. */
public record Pool(Allowance allowance) {

  /** Whether what is in a region counts. */
  public boolean covers(Site site) {
    return Jurisdictions.covers(
        allowance.extent(),
        site.cloud().id(),
        Optional.of(site.cloud().facts().operator()),
        site.facts().country());
  }

  /** Whose quota it is, and where: “The project’s quota in gra”. */
  Phrase name() {
    String whose =
        allowance.of() == Allowance.Of.PROJECT
            ? "placement.allowance.project"
            : "placement.allowance.tenant";
    Extent extent = allowance.extent();
    if (extent instanceof Extent.OfCloud of) {
      return Phrase.of(whose + "-in", of.cloud());
    }
    if (extent instanceof Extent.OfOperator of) {
      return Phrase.of(whose + "-of-operator", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return Phrase.of(whose + "-in", Phrase.countries(List.of(of.jurisdiction())));
    }
    return Phrase.of(whose);
  }

  /** That what stays together asks for more than is left. */
  public Phrase lacking(LimitKind kind, long asked) {
    return Phrase.of(
        "placement.allowance.lacking",
        name(),
        Phrase.number(asked),
        LimitKind.names(List.of(kind)),
        Phrase.number(allowance.limits().get(kind).remaining()),
        Phrase.number(allowance.limits().get(kind).maximum()));
  }

  /** That the rest of the stack takes what is left. */
  Phrase usedByTheRest(LimitKind kind) {
    return Phrase.of(
        "placement.allowance.used-by-the-rest", name(), LimitKind.names(List.of(kind)));
  }
}
