package io.isthmus.ui.quota;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaHolder;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.Meter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Quotas in the reader's language. */
final class QuotaWords {

  private final Component page;

  /**
   * @param page speaks the reader's language
   */
  QuotaWords(Component page) {
    this.page = page;
  }

  String holder(QuotaHolder holder) {
    return holder.project().isPresent()
        ? holder.toString()
        : page.getTranslation("quotas.whole-tenant", holder.tenant());
  }

  String extent(Extent extent) {
    if (extent instanceof Extent.OfCloud of) {
      return page.getTranslation("quotas.extent-cloud", of.cloud().text());
    }
    if (extent instanceof Extent.OfOperator of) {
      return page.getTranslation("quotas.extent-operator", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return Countries.name(of.jurisdiction());
    }
    return page.getTranslation("quotas.extent-all");
  }

  /** What is limited, as in “Servers 20 · vCPUs 80”. */
  String limits(Quota quota) {
    List<LimitKind> limited =
        Arrays.stream(LimitKind.values())
            .filter(kind -> quota.maxima().getOrDefault(kind, -1L) >= 0)
            .toList();
    return limited.isEmpty()
        ? page.getTranslation("quotas.unlimited")
        : limited.stream()
            .map(
                kind ->
                    page.getTranslation("limit." + kind.name())
                        + "\u00a0"
                        + Meter.amount(kind, quota.maxima().get(kind)))
            .collect(Collectors.joining(" · "));
  }

  /** What is asked for, as in “Servers 20 · vCPUs: no limit”. */
  String wanted(Map<LimitKind, Long> wanted) {
    return Arrays.stream(LimitKind.values())
        .filter(wanted::containsKey)
        .map(
            kind ->
                page.getTranslation("limit." + kind.name())
                    + "\u00a0"
                    + (wanted.get(kind) < 0
                        ? page.getTranslation("quota-requests.no-limit")
                        : Meter.amount(kind, wanted.get(kind))))
        .collect(Collectors.joining(" · "));
  }

  /** Who decided, what was granted, and what they said. */
  String decision(QuotaRequest.Decision decision) {
    String said = decision.answer().isEmpty() ? "" : " · “" + decision.answer() + "”";
    String granted = decision.granted().isEmpty() ? "" : " · " + wanted(decision.granted());
    return " · " + decision.by() + granted + said;
  }
}
