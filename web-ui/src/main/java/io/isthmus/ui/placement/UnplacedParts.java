package io.isthmus.ui.placement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.ui.element.Clouds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What has no place, with every reason; what is refused for the same reasons is told once. */
class UnplacedParts extends Div {

  private static final long serialVersionUID = 1L;

  private static final int NAMED = 5;

  record Grounds(List<Phrase> why, List<Exclusion> notChosen) {}

  UnplacedParts(List<Decision> unplaced, Clouds clouds) {
    addClassName("stack-wide");
    grouped(unplaced).forEach((grounds, names) -> add(panel(names, grounds, clouds)));
  }

  /** The names of those that are refused for the same reasons, in their order. */
  static Map<Grounds, List<String>> grouped(List<Decision> unplaced) {
    return unplaced.stream()
        .collect(
            Collectors.groupingBy(
                decision -> new Grounds(decision.why(), decision.notChosen()),
                LinkedHashMap::new,
                Collectors.mapping(Decision::resource, Collectors.toList())));
  }

  private Component panel(List<String> names, Grounds grounds, Clouds clouds) {
    Div head = new Div(new H3(title(names)));
    head.addClassName("panel-head");
    Div body = new Div();
    body.addClassNames("body", "stack");
    if (!grounds.why().isEmpty()) {
      body.add(Reasons.phrases(grounds.why()));
    }
    body.add(new WhyNot(grounds.notChosen(), clouds));
    Div panel = new Div(head, body);
    panel.addClassName("panel");
    return panel;
  }

  private String title(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : getTranslation(
            "stack.and-others", String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
  }
}
