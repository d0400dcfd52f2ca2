package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.probe.ProbeState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import java.util.List;

/** What the probes of a server say of it. */
class PartProbes extends UnorderedList {

  private static final long serialVersionUID = 1L;

  /**
   * @param results at least one
   */
  PartProbes(List<ProbeResult> results) {
    addClassNames("reasons", "small");
    results.forEach(result -> add(item(result)));
  }

  private ListItem item(ProbeResult result) {
    ProbeState state = result.state();
    Span probe = new Span(result.probe().toString());
    probe.addClassName("mono");
    ListItem item = new ListItem(probe, new Span(": " + said(result)));
    state.reason().ifPresent(why -> item.add(new Div(why.in(Reader.locale()))));
    state
        .triedAt()
        .ifPresent(
            at -> {
              Div asked =
                  new Div(
                      new Span(
                          getTranslation(
                                  result.vantage().cloud().isEmpty()
                                      ? "probes.asked"
                                      : "probes.asked-from",
                                  result.address().orElse(""),
                                  result.vantage())
                              + " "),
                      Moment.absolute(at));
              asked.addClassName("quiet");
              item.add(asked);
            });
    return item;
  }

  private String said(ProbeResult result) {
    ProbeState state = result.state();
    if (state.outcome() != ProbeState.Outcome.FAILED) {
      return getTranslation("probes." + state.outcome().text().replace('_', '-'));
    }
    return state.failing()
        ? getTranslation("probes.failing", state.failures())
        : getTranslation("probes.failed", state.failures(), result.tries(), result.afterSeconds());
  }
}
