package io.isthmus.domain.campaign;

import io.isthmus.domain.csv.Csv;
import io.isthmus.domain.placement.ResourceChange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** A campaign's report as CSV: a line for each stack, with when, how long, outcome and reason. */
public final class CampaignCsv {

  private CampaignCsv() {}

  /**
   * @param now how long what is under way takes so far
   * @param locale of the reasons
   */
  public static String write(List<CampaignStack> stacks, Instant now, Locale locale) {
    TreeSet<String> currencies = new TreeSet<>();
    stacks.stream()
        .flatMap(stack -> stack.preview().stream())
        .forEach(preview -> currencies.addAll(preview.cost().hourly().keySet()));
    List<String> names =
        new ArrayList<>(
            List.of(
                "project",
                "stack",
                "stack_id",
                "wave",
                "state",
                "begun_at",
                "ended_at",
                "seconds"));
    for (ResourceChange.Kind kind : ResourceChange.Kind.values()) {
      if (kind != ResourceChange.Kind.UNCHANGED) {
        names.add(kind.name().toLowerCase(Locale.ROOT));
      }
    }
    names.add("interrupted");
    currencies.forEach(currency -> names.add("hourly_" + currency));
    names.addAll(List.of("plan", "reason"));
    Csv csv = new Csv().row(names);
    stacks.forEach(stack -> csv.row(cells(stack, currencies, now, locale)));
    return csv.toString();
  }

  private static List<String> cells(
      CampaignStack stack, TreeSet<String> currencies, Instant now, Locale locale) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                stack.project().toString(),
                stack.name(),
                stack.stack().toString(),
                Integer.toString(stack.wave() + 1),
                stack.state().text(),
                text(stack.begunAt()),
                text(stack.endedAt()),
                text(stack.took(now).map(Duration::toSeconds))));
    for (ResourceChange.Kind kind : ResourceChange.Kind.values()) {
      if (kind != ResourceChange.Kind.UNCHANGED) {
        cells.add(text(stack.preview().map(one -> one.counts().getOrDefault(kind, 0))));
      }
    }
    cells.add(text(stack.preview().map(StackPreview::interrupted)));
    for (String currency : currencies) {
      cells.add(
          text(
              stack
                  .preview()
                  .map(one -> one.cost().hourly().get(currency))
                  .map(BigDecimal::toPlainString)));
    }
    cells.add(text(stack.plan()));
    cells.add(text(stack.why().map(why -> why.in(locale))));
    return cells;
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
