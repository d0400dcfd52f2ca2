package io.isthmus.ui.newstack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * What a stack that is there shall be instead: the steps to a new stack, filled in with what it is
 * now. They end at the plan of the update, on the plan's own page.
 */
@RouteScoped
@Route(value = "stacks/:id/update/:draft?/:step?", layout = MainLayout.class)
public class UpdateStackView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient TenantService tenants;
  private final transient StackService stacks;
  private final transient PlanService plans;
  private final transient Drafts drafts;
  private final transient StepContents contents;

  private transient Caller caller;
  private transient Draft draft;
  private transient Step step;
  private StepContent content;

  @Inject
  UpdateStackView(
      Callers callers,
      TenantService tenants,
      StackService stacks,
      PlanService plans,
      Drafts drafts,
      StepContents contents) {
    this.callers = callers;
    this.tenants = tenants;
    this.stacks = stacks;
    this.plans = plans;
    this.drafts = drafts;
    this.contents = contents;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    StackView stack = stack(event.getRouteParameters().get("id").orElse(""));
    tenants.requireMember(caller, stack.project());
    setPageTitle(getTranslation("update.page", stack.name()));
    setBreadcrumb(new Anchor("/stacks/" + stack.id(), stack.name()));
    if (!stack.status().isAtRest()) {
      setSentence("");
      setContent(
          new EmptyState(
              getTranslation("update.not-now", stack.name()),
              stack.statusReason().in(Reader.locale()),
              new Anchor("/stacks/" + stack.id(), getTranslation("plans.to-stack"))));
      return;
    }
    enter(event, stack);
  }

  private void enter(BeforeEnterEvent event, StackView stack) {
    Optional<Draft> found =
        event
            .getRouteParameters()
            .get("draft")
            .flatMap(id -> drafts.find(caller, id))
            .filter(one -> one.updated().equals(Optional.of(stack.id())));
    Optional<Step> wanted = event.getRouteParameters().get("step").flatMap(Step::find);
    if (found.isEmpty() || wanted.isEmpty()) {
      Draft begun = found.orElseGet(() -> begin(event, stack));
      event.forwardTo(begun.address(first(begun)));
      return;
    }
    draft = found.get();
    step = wanted.get();
    draft.setStandardPolicy(plans.standardPolicy(stack.project(), caller));
    Optional<HotTemplate> template = StepContents.template(draft);
    if (template.isEmpty() && step != Step.TEMPLATE && step != Step.POLICY) {
      event.forwardTo(draft.address(Step.TEMPLATE));
      return;
    }
    boolean goesOn = content != null;
    content =
        contents.of(
            step,
            draft,
            template,
            stack.project(),
            caller,
            () -> plans.previewUpdate(draft.change(template.orElseThrow()), caller),
            this::preview);
    Optional<Plan> plan = content instanceof PlanStep made ? made.plan() : Optional.empty();
    if (plan.isPresent()) {
      event.forwardTo("plans/" + plan.get().id());
      return;
    }
    setSentence(getTranslation("update.sentence"));
    setContent(new StepBar(draft, step, goesOn), content, buttons());
    if (draft.isLost()) {
      content.addComponentAsFirst(
          new Notice(Mark.DEGRADED, "", new Paragraph(getTranslation("update.lost"))));
      draft.setLost(false);
    }
  }

  /** Says what the stack is now, or what a plan that the address names would have made of it. */
  private Draft begin(BeforeEnterEvent event, StackView stack) {
    Plan now = plans.require(stack.plan(), caller);
    Plan shown =
        event
            .getLocation()
            .getQueryParameters()
            .getSingleParameter("plan")
            .map(id -> plan(id, stack))
            .orElse(now);
    Draft begun = drafts.begin(caller, stack.id());
    begun.setLost(event.getRouteParameters().get("draft").isPresent());
    begun.change(now, shown);
    return begun;
  }

  /** What is no plan of an update of this stack is told like one that does not exist. */
  private Plan plan(String id, StackView stack) {
    try {
      Plan plan = plans.require(PlanId.parse(id), caller);
      if (plan.update().filter(of -> of.stack().equals(stack.id().value())).isPresent()) {
        return plan;
      }
    } catch (IllegalArgumentException e) {
      // No id at all.
    }
    throw FederationFault.notFound("plan", id);
  }

  /** Most often the parameters are what is changed. */
  private static Step first(Draft draft) {
    return StepContents.template(draft).filter(read -> !read.parameters().isEmpty()).isPresent()
        ? Step.PARAMETERS
        : Step.TEMPLATE;
  }

  /** What cannot be an id is told like an id that does not exist. */
  private StackView stack(String text) {
    try {
      return stacks.require(StackId.parse(text), caller);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("stack", text);
    }
  }

  private Component buttons() {
    Div row = new Div();
    row.addClassNames("row", "step-buttons");
    step.previous()
        .ifPresent(before -> row.add(new Button(getTranslation("new.back"), click -> go(before))));
    if (step == Step.PLAN) {
      return row;
    }
    step.next()
        .filter(next -> next != Step.PLAN)
        .ifPresent(
            next -> row.add(new Button(getTranslation("new.next"), click -> goIfReady(next))));
    Button preview = new Button(getTranslation("update.preview"), click -> preview());
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    row.add(preview);
    return row;
  }

  /** From any step: the others say already what the stack is. */
  private void preview() {
    goIfReady(Step.PLAN);
  }

  private void goIfReady(Step to) {
    if (content.isReady()) {
      go(to);
    }
  }

  private void go(Step to) {
    getUI().ifPresent(ui -> ui.navigate(draft.address(to)));
  }
}
