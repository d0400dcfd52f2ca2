package io.isthmus.ui.stack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RealRehearsals;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.domain.insurance.RehearsalService;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.insurance.LossWords;
import io.isthmus.ui.plan.UpdateWords;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The report of a loss that was played: what would move where and why, and what would stay down; of
 * a real one what was measured, while it goes on and afterwards.
 */
@RouteScoped
@Route(value = "stacks/:id/rehearsals/:rehearsal", layout = MainLayout.class)
public class RehearsalView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient RehearsalService rehearsals;
  private final transient CloudService cloudService;
  private final transient RealRehearsals real;
  private final transient TenantService tenants;
  private final transient LiveUpdates live;
  private final Anchor stack = new Anchor();
  private final Button moveBack = new Button(getTranslation("rehearsal.return"));
  private final Div content = new Div();
  private transient Caller caller;
  private transient UUID id;
  private transient Clouds clouds = new Clouds(List.of());
  private transient Rehearsal shown;

  @Inject
  RehearsalView(
      Callers callers,
      RehearsalService rehearsals,
      RealRehearsals real,
      CloudService clouds,
      TenantService tenants,
      LiveUpdates live) {
    this.callers = callers;
    this.rehearsals = rehearsals;
    this.real = real;
    this.cloudService = clouds;
    this.tenants = tenants;
    this.live = live;
    moveBack.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    moveBack.addClickListener(click -> moveBack());
    content.addClassName("stack");
    setContent(content);
    setBreadcrumb(new Anchor("/stacks", getTranslation("stacks.title")), stack);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    String text = event.getRouteParameters().get("rehearsal").orElse("");
    id = parse(text);
    Rehearsal one = rehearsals.find(id, caller);
    if (!one.stack().toString().equals(event.getRouteParameters().get("id").orElse(""))) {
      throw FederationFault.notFound("rehearsal", text);
    }
    clouds = new Clouds(cloudService.list(caller, one.project()));
    shown = null;
    show(one);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    if (shown.run().isPresent()) {
      live.follow(this, Optional.of(shown.stack()), () -> show(rehearsals.find(id, caller)));
    }
  }

  private void show(Rehearsal one) {
    if (one.equals(shown)) {
      return;
    }
    shown = one;
    LossWords words = new LossWords(this);
    stack.setHref("/stacks/" + one.stack() + "/rehearsals");
    stack.setText(one.stackName());
    setPageTitle(getTranslation("rehearsal.of", one.cloud().text(), one.stackName()));
    Facts facts =
        new Facts()
            .fact(getTranslation("rehearsal.when"), Moment.absolute(one.askedAt()))
            .fact(getTranslation("rehearsal.by"), one.askedBy())
            .fact(getTranslation("rehearsal.mode"), getTranslation("rehearsal.mode." + one.mode()));
    if (one.run().isPresent()) {
      showRun(one, one.run().get(), facts);
    } else {
      setBeside(clouds.chip(one.cloud()));
      setSentence(words.counts(one.report().counts()));
    }
    facts.fact(
        getTranslation("rehearsal.cost"),
        new UpdateWords(this::getTranslation, Reader.formats(), Reader.locale())
            .cost(one.report().cost()));
    content.removeAll();
    content.add(facts);
    one.run()
        .ifPresent(
            run -> {
              RehearsalRunWords told = new RehearsalRunWords(this);
              content.add(
                  new H2(getTranslation("rehearsal.servers")),
                  new Paragraph(getTranslation("rehearsal.servers-words")),
                  told.table(run, clouds),
                  new H2(getTranslation("rehearsal.story")),
                  told.story(run));
            });
    content.add(
        new H2(getTranslation(one.run().isPresent() ? "rehearsal.foreseen" : "loss.resources")),
        words.table(one.report().resources(), clouds));
  }

  private void showRun(Rehearsal one, RehearsalRun run, Facts facts) {
    RehearsalRunWords told = new RehearsalRunWords(this);
    setBeside(clouds.chip(one.cloud()), told.badge(run));
    setSentence(run.why().in(Reader.locale()));
    told.addTo(facts, run);
    moveBack.setVisible(run.mayReturn() && tenants.isMember(caller, one.project()));
    setActions(moveBack);
  }

  private void moveBack() {
    show(real.moveBack(id, caller));
  }

  private static UUID parse(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("rehearsal", text);
    }
  }
}
