package io.isthmus.ui.plan;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlanState;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.domain.stack.CreateStack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.placement.PlacementPanel;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One kept plan: what would be where and why, and the way on to its stack. */
@RouteScoped
@Route(value = "plans/:id", layout = MainLayout.class)
public class PlanView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient TenantService tenants;
  private final transient CloudService clouds;
  private final transient PlanService plans;
  private final transient StackService stacks;
  private final transient LiveUpdates live;

  private final Div notice = new Div();
  private final Div dear = new Div();
  private final TextField name = new TextField();
  private final Button create = new Button();
  private final Button update = new Button();
  private transient Caller caller;
  private transient Plan plan;
  private transient Optional<PlanState> shown = Optional.empty();

  @Inject
  PlanView(
      Callers callers,
      TenantService tenants,
      CloudService clouds,
      PlanService plans,
      StackService stacks,
      LiveUpdates live) {
    this.callers = callers;
    this.tenants = tenants;
    this.clouds = clouds;
    this.plans = plans;
    this.stacks = stacks;
    this.live = live;
    setBreadcrumb(new Anchor("/plans", getTranslation("plans.title")));
    name.setLabel(getTranslation("new.name"));
    name.setHelperText(getTranslation("new.name-help"));
    name.addClassName("name-field");
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.setDisableOnClick(true);
    create.addClickListener(click -> create());
    Enter.in(name, create::click);
    update.setText(getTranslation("update.do"));
    update.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    update.addClickListener(click -> askToUpdate());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    plan = find(event.getRouteParameters().get("id").orElse(""));
    setPageTitle(called());
    notice.removeAll();
    name.setValue(plan.name());
    List<CloudView> known = clouds.list(caller, plan.project());
    Div content = new Div(notice, dear, name);
    plan.update()
        .ifPresent(update -> content.add(new UpdatePanel(plan, update, new Clouds(known))));
    content.add(new PlacementPanel(plan.placement(), known));
    content.addClassName("stack-wide");
    setContent(content);
    show(plan.state(Instant.now()));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  /** A plan expires, becomes a stack or is removed while somebody looks at it. */
  private void refresh() {
    if (shown.isEmpty()) {
      return;
    }
    try {
      plan = plans.require(plan.id(), caller);
      PlanState now = plan.state(Instant.now());
      if (!shown.equals(Optional.of(now))) {
        show(now);
      } else if (now == PlanState.OPEN) {
        // What it costs and what the budget leaves change while it is looked at.
        showTooDear(now);
      }
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
      shown = Optional.empty();
      setBeside();
      setActions();
      setContent(
          new EmptyState(
              getTranslation("plans.gone"),
              getTranslation("plans.gone-words"),
              new Anchor("/plans", getTranslation("plans.title"))));
    }
  }

  private void show(PlanState state) {
    shown = Optional.of(state);
    showTooDear(state);
    setBeside(new PlanBadge(state, plan.update().isPresent()));
    setSentence(sentence(state));
    name.setVisible(state == PlanState.OPEN && plan.name().isBlank());
    lay(state);
  }

  /** Told before somebody asks for it. */
  private void showTooDear(PlanState state) {
    Optional<Phrase> reason =
        state == PlanState.OPEN ? plans.tooDear(plan, caller) : Optional.empty();
    dear.removeAll();
    create.setEnabled(reason.isEmpty());
    update.setEnabled(reason.isEmpty());
    reason.ifPresent(
        why ->
            dear.add(
                new Notice(
                    Mark.DEGRADED,
                    getTranslation("plan.too-dear"),
                    new Paragraph(why.in(getLocale())),
                    new Anchor("/usage", getTranslation("plan.to-budget")))));
  }

  /** What cannot be an id is told like an id that does not exist. */
  private Plan find(String text) {
    try {
      return plans.require(PlanId.parse(text), caller);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("plan", text);
    }
  }

  private String sentence(PlanState state) {
    String made =
        getTranslation("plan.made", plan.createdBy(), Reader.formats().dateTime(plan.createdAt()));
    String then =
        switch (state) {
          case OPEN ->
              getTranslation(
                  plan.update().isPresent() ? "update.holds-until" : "plan.holds-until",
                  Reader.formats().dateTime(plan.expiresAt()));
          case EXPIRED -> getTranslation("plans.expired-words");
          case ACCEPTED ->
              getTranslation(
                  plan.update().isPresent() ? "update.accepted-words" : "plans.accepted-words",
                  Reader.formats().dateTime(plan.acceptedAt().orElseThrow()));
        };
    return made + " " + then;
  }

  private void lay(PlanState state) {
    if (plan.update().isPresent()) {
      layUpdate(state, plan.update().get());
      return;
    }
    if (state == PlanState.ACCEPTED) {
      setActions(
          stacks
              .ofPlan(plan.id(), caller)
              .map(stack -> new Anchor("/stacks/" + stack, getTranslation("plans.to-stack")))
              .stream()
              .toArray(Component[]::new));
      return;
    }
    Button remove = removal();
    if (state == PlanState.EXPIRED) {
      Button again =
          new Button(
              getTranslation("plans.again"),
              click ->
                  getUI()
                      .ifPresent(ui -> ui.getPage().setLocation("/stacks/new?plan=" + plan.id())));
      again.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      setActions(again, remove);
      return;
    }
    create.setText(getTranslation("new.create", plan.placement().parts().size()));
    setActions(create, remove);
  }

  private Button removal() {
    return new Button(
        getTranslation("plans.remove"), click -> new PlanRemoval(called(), this::remove).open());
  }

  private void layUpdate(PlanState state, PlannedUpdate of) {
    Anchor stack = new Anchor("/stacks/" + of.stack(), getTranslation("plans.to-stack"));
    boolean changes = tenants.isMember(caller, plan.project());
    if (state == PlanState.ACCEPTED || !changes) {
      setActions(stack);
    } else if (state == PlanState.EXPIRED) {
      setActions(stack, again(of), removal());
    } else {
      setActions(update, stack, removal());
    }
  }

  /** To the steps, which say what this plan says. */
  private Anchor again(PlannedUpdate of) {
    return new Anchor(
        "/stacks/" + of.stack() + "/update?plan=" + plan.id(), getTranslation("plans.again"));
  }

  private void askToUpdate() {
    new UpdateDialog(plan, plan.update().orElseThrow(), this::update).open();
  }

  /** What the plan saw of the stack is compared when it is taken, not the stack's version. */
  private void update(boolean rollsBack) {
    PlannedUpdate of = plan.update().orElseThrow();
    StackId stack = new StackId(of.stack());
    try {
      stacks.update(stack, plan.id(), !rollsBack, OptionalLong.empty(), caller);
      getUI().ifPresent(ui -> ui.navigate("stacks/" + stack));
    } catch (FederationFault fault) {
      notice.removeAll();
      Notice told = Notice.of(fault);
      if (fault.code() == FaultCode.STALE_PLAN) {
        told.add(again(of));
      }
      notice.add(told);
      notice.scrollIntoView();
    }
  }

  private String called() {
    return plan.name().isBlank() ? getTranslation("plans.unnamed") : plan.name();
  }

  private void create() {
    try {
      StackId stack =
          stacks.create(
              new CreateStack(plan.project(), name.getValue().strip(), plan.id()), caller);
      getUI().ifPresent(ui -> ui.navigate("stacks/" + stack));
    } catch (FederationFault fault) {
      notice.removeAll();
      notice.add(Notice.of(fault));
      create.setEnabled(true);
      notice.scrollIntoView();
    }
  }

  private void remove() {
    plans.remove(plan.id(), caller);
    getUI().ifPresent(ui -> ui.navigate("plans"));
  }
}
