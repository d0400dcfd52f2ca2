package io.isthmus.ui.quota;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Holding;
import io.isthmus.domain.quota.HoldingService;
import io.isthmus.ui.element.Meter;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import java.util.OptionalLong;

/** What a project has in a region: by its stacks' plans and by what is there. */
class HoldingTable extends Div {

  private static final long serialVersionUID = 1L;

  HoldingTable(Holding holding) {
    Table<LimitKind> table =
        new Table<LimitKind>(
                getTranslation("quotas.there", holding.region().region()), kind -> kind)
            .column(
                getTranslation("limits.what"),
                false,
                kind -> new Text(getTranslation("limit." + kind.name())))
            .column(
                getTranslation("quotas.planned"),
                true,
                kind -> new Text(Meter.amount(kind, holding.amounts().get(kind).planned())))
            .column(
                getTranslation("quotas.in-cloud"),
                true,
                kind -> amount(kind, holding.amounts().get(kind).inCloud()))
            .column(
                getTranslation("quotas.outside"),
                true,
                kind -> amount(kind, holding.amounts().get(kind).outside()))
            .column(
                getTranslation("mirror-tab.read"),
                false,
                kind ->
                    holding
                        .amounts()
                        .get(kind)
                        .readAt()
                        .<Component>map(Moment::ago)
                        .orElseGet(() -> new Text(getTranslation("mirror-tab.never"))));
    table.setRows(HoldingService.KINDS.stream().filter(holding.amounts()::containsKey).toList());
    add(table);
  }

  private Component amount(LimitKind kind, OptionalLong amount) {
    if (amount.isPresent()) {
      return new Text(Meter.amount(kind, amount.getAsLong()));
    }
    Span unknown = new Span(getTranslation("quotas.not-known"));
    unknown.addClassName("quiet");
    return unknown;
  }
}
