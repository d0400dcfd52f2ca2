package io.isthmus.ui.placement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Reader;
import java.util.List;

/** For each place that was not taken, every rule that excluded it, or what outweighed it. */
public class WhyNot extends Div {

  private static final long serialVersionUID = 1L;

  public WhyNot(List<Exclusion> exclusions, Clouds clouds) {
    addClassName("stack");
    exclusions.forEach(exclusion -> add(one(exclusion, clouds)));
  }

  private Component one(Exclusion exclusion, Clouds clouds) {
    CloudChip chip = clouds.chip(exclusion.cloud());
    chip.setText(exclusion.name());
    UnorderedList reasons = new UnorderedList();
    reasons.addClassName("reasons");
    exclusion.refusals().forEach(refusal -> reasons.add(refusal(refusal)));
    exclusion
        .outweighed()
        .ifPresent(phrase -> reasons.add(new ListItem(phrase.in(Reader.locale()))));
    if (!exclusion.refusals().isEmpty()) {
      chip.excluded();
    }
    return new Div(chip, reasons);
  }

  private Component refusal(RuleRefusal refusal) {
    boolean written = refusal.hindrance() == Hindrance.POLICY;
    Span rule =
        new Span(written ? refusal.rule() : getTranslation("plan.about." + refusal.hindrance()));
    rule.addClassNames("rule", "small");
    rule.setClassName("mono", written);
    return new ListItem(new Span(refusal.reason().in(Reader.locale()) + " "), rule);
  }
}
