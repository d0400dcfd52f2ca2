package io.isthmus.ui.placement;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.ItemWords;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a placement will cost, in all and in each cloud, and of what that is not known. */
class CostPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Formats formats = Reader.formats();

  CostPanel(Estimate cost, Clouds clouds) {
    addClassName("stack");
    add(new H2(getTranslation("cost.title")));
    SortedMap<String, BigDecimal> hourly = cost.hourly();
    if (cost.clouds().isEmpty()) {
      add(new Paragraph(getTranslation("cost.nothing")));
      return;
    }
    if (!hourly.isEmpty()) {
      add(
          new Paragraph(
              getTranslation(
                  cost.isWhole() ? "cost.in-all" : "cost.at-least",
                  prices(hourly),
                  formats.money(cost.monthly()))));
    }
    if (!cost.isWhole()) {
      add(new Notice(Mark.DEGRADED, "", new Paragraph(unknown(cost))));
    }
    if (!hourly.isEmpty()) {
      Table<Estimate.CloudCost> table =
          new Table<Estimate.CloudCost>(getTranslation("cost.by-cloud"), Estimate.CloudCost::cloud)
              .column(getTranslation("cloud.name"), row -> clouds.chip(row.cloud()))
              .number(
                  getTranslation("cost.hourly"),
                  row ->
                      row.currency()
                          .map(currency -> formats.price(row.hourly(), currency))
                          .orElseGet(() -> getTranslation("cost.unknown")))
              .number(
                  getTranslation("cost.monthly"),
                  row ->
                      row.currency()
                          .map(currency -> formats.money(row.monthly(), currency))
                          .orElseGet(() -> getTranslation("cost.unknown")));
      if (!cost.isWhole()) {
        table.text(
            getTranslation("cost.without-price"),
            row ->
                Stream.concat(
                        row.unknown().stream()
                            .map(measure -> ItemWords.briefly(this, measure.item())),
                        row.unmeasured().stream())
                    .distinct()
                    .collect(Collectors.joining(", ")));
      }
      table.setRows(cost.clouds());
      table.addClassName("cost-table");
      add(table);
    }
    Paragraph how = new Paragraph(getTranslation("cost.how"));
    how.addClassNames("quiet", "small");
    add(how);
  }

  private String prices(SortedMap<String, BigDecimal> hourly) {
    return hourly.entrySet().stream()
        .map(sum -> formats.price(sum.getValue(), sum.getKey()))
        .collect(Collectors.joining(" + "));
  }

  private String unknown(Estimate cost) {
    List<String> unknown =
        cost.clouds().stream()
            .flatMap(
                there ->
                    Stream.concat(
                            there.unknown().stream()
                                .map(measure -> ItemWords.briefly(this, measure.item())),
                            there.unmeasured().stream())
                        .map(what -> getTranslation("usage.item-in", what, there.cloud().text())))
            .distinct()
            .toList();
    return getTranslation("cost.not-known", unknown.size(), String.join(", ", unknown));
  }
}
