package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.ConnectionCheck.Result;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Strong;
import io.isthmus.ui.widget.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the test of one connection goes, step by step, and what came of it. */
class ConnectionReport extends Div {

  private static final long serialVersionUID = 1L;

  private final Div verdict = new Div();
  private final Div bar = new Div();
  private final OrderedList steps = new OrderedList();
  private final transient List<ConnectionCheck> checks = new ArrayList<>();
  private boolean running = true;
  private transient Optional<FederationFault> fault = Optional.empty();

  ConnectionReport(CloudId cloud, ProjectId project) {
    addClassNames("panel", "report");
    Div head =
        new Div(new Strong(getTranslation("test.of", cloud.text(), project.toString())), verdict);
    head.addClassNames("panel-head", "row", "between");
    bar.addClassName("moving-bar");
    steps.addClassName("checks");
    steps.getElement().setAttribute("aria-live", "polite");
    Div body = new Div(steps);
    body.addClassName("body");
    add(head, bar, body);
    judge();
  }

  /** One more outcome. */
  void add(ConnectionCheck check) {
    checks.add(check);
    Div step = new Div(StepNames.of(check.step(), this));
    step.addClassName("check-step");
    Span words = new Span(check.outcome().in(getLocale()));
    words.addClassName("check-outcome");
    Span took = new Span(took(check.took()));
    took.addClassName("check-took");
    steps.add(new ListItem(badge(check.result()), step, words, took));
    judge();
  }

  /** Nothing more will come. */
  void end() {
    running = false;
    bar.setVisible(false);
    judge();
    if (isFailed()) {
      // The step that failed, or what is told of the whole.
      getElement()
          .executeJs(
              "(this.querySelector('.checks .state-failed') ?? this).scrollIntoView({block:"
                  + " 'center'})");
    }
  }

  /** The test could not be made. */
  void end(FederationFault why) {
    fault = Optional.of(why);
    add(Notice.of(why));
    end();
  }

  boolean isRunning() {
    return running;
  }

  boolean isFailed() {
    return fault.isPresent() || checks.stream().anyMatch(each -> each.result() == Result.FAILED);
  }

  private void judge() {
    verdict.removeAll();
    long warnings = checks.stream().filter(each -> each.result() == Result.WARNING).count();
    if (running) {
      verdict.add(new StateBadge(Mark.PROGRESS, getTranslation("test.running", checks.size())));
    } else if (isFailed()) {
      verdict.add(new StateBadge(Mark.FAILED, getTranslation("test.failed")));
    } else if (warnings > 0) {
      verdict.add(new StateBadge(Mark.DEGRADED, getTranslation("test.warnings", warnings)));
    } else {
      verdict.add(new StateBadge(Mark.COMPLETE, getTranslation("test.passed")));
    }
  }

  private String took(Duration took) {
    return took.isZero() ? "" : getTranslation("test.took", took.toMillis());
  }

  private StateBadge badge(Result result) {
    Mark mark =
        switch (result) {
          case PASSED -> Mark.COMPLETE;
          case WARNING -> Mark.DEGRADED;
          case FAILED -> Mark.FAILED;
          case SKIPPED -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, getTranslation("test.result." + result));
  }
}
