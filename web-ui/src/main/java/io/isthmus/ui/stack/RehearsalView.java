package io.isthmus.ui.stack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.insurance.LossWords;
import io.isthmus.ui.plan.UpdateWords;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * The report of a loss that was played: what would move where and why, and what would stay down.
 */
@RouteScoped
@Route(value = "stacks/:id/rehearsals/:rehearsal", layout = MainLayout.class)
public class RehearsalView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient RehearsalService rehearsals;
  private final transient CloudService cloudService;
  private final Anchor stack = new Anchor();

  @Inject
  RehearsalView(Callers callers, RehearsalService rehearsals, CloudService clouds) {
    this.callers = callers;
    this.rehearsals = rehearsals;
    this.cloudService = clouds;
    setBreadcrumb(new Anchor("/stacks", getTranslation("stacks.title")), stack);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Caller caller = callers.current();
    String text = event.getRouteParameters().get("rehearsal").orElse("");
    Rehearsal one = rehearsals.find(parse(text), caller);
    if (!one.stack().toString().equals(event.getRouteParameters().get("id").orElse(""))) {
      throw FederationFault.notFound("rehearsal", text);
    }
    Clouds clouds = new Clouds(cloudService.list(caller, one.project()));
    LossWords words = new LossWords(this);
    stack.setHref("/stacks/" + one.stack() + "/rehearsals");
    stack.setText(one.stackName());
    setPageTitle(getTranslation("rehearsal.of", one.cloud().text(), one.stackName()));
    setBeside(clouds.chip(one.cloud()));
    setSentence(words.counts(one.report().counts()));
    Facts facts =
        new Facts()
            .fact(getTranslation("rehearsal.when"), Moment.absolute(one.askedAt()))
            .fact(getTranslation("rehearsal.by"), one.askedBy())
            .fact(getTranslation("rehearsal.mode"), getTranslation("rehearsal.mode." + one.mode()))
            .fact(
                getTranslation("rehearsal.cost"),
                new UpdateWords(this::getTranslation, Reader.formats(), Reader.locale())
                    .cost(one.report().cost()));
    setContent(
        facts,
        new H2(getTranslation("loss.resources")),
        words.table(one.report().resources(), clouds));
  }

  private static UUID parse(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("rehearsal", text);
    }
  }
}
