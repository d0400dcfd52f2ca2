package io.isthmus.ui.newstack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.stack.CreateStack;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.library.SavedPages;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.Optional;

/** A new stack, step by step; each step has an address, and what was typed is kept. */
@RouteScoped
@Route(value = "stacks/new/:draft?/:step?", layout = MainLayout.class)
public class NewStackView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private final transient Drafts drafts;
  private final transient Samples samples;
  private final transient PlanService plans;
  private final transient StackService stacks;
  private final transient Library library;
  private final transient StepContents contents;
  private final Anchor origin = new Anchor("/stacks", getTranslation("stacks.title"));

  private transient Draft draft;
  private transient Step step;
  private StepContent content;

  @Inject
  NewStackView(
      Callers callers,
      CurrentProject current,
      Drafts drafts,
      Samples samples,
      PlanService plans,
      StackService stacks,
      Library library,
      StepContents contents) {
    super(callers, current);
    this.drafts = drafts;
    this.samples = samples;
    this.plans = plans;
    this.stacks = stacks;
    this.library = library;
    this.contents = contents;
    setPageTitle(getTranslation("stacks.new"));
    setBreadcrumb(origin);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Optional<Draft> found =
        event
            .getRouteParameters()
            .get("draft")
            .flatMap(id -> drafts.find(caller(), id))
            .filter(one -> one.updated().isEmpty());
    Optional<Step> wanted = event.getRouteParameters().get("step").flatMap(Step::find);
    if (found.isEmpty() || wanted.isEmpty()) {
      Draft begun = found.orElseGet(() -> drafts.begin(caller()));
      begun.setLost(found.isEmpty() && event.getRouteParameters().get("draft").isPresent());
      begun.setStandardPolicy(plans.standardPolicy(project(), caller()));
      Step first = take(event.getLocation().getQueryParameters(), begun);
      event.forwardTo(begun.address(first));
      return;
    }
    draft = found.get();
    step = wanted.get();
    draft.setStandardPolicy(plans.standardPolicy(project(), caller()));
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
            project(),
            caller(),
            () -> plans.preview(draft.question(project(), template.orElseThrow()), caller()),
            this::next);
    name();
    setSentence(sentence());
    if (isWritten()) {
      setContent(content, buttons());
    } else {
      setContent(new StepBar(draft, step, goesOn), content, buttons());
    }
    if (draft.isLost()) {
      content.addComponentAsFirst(
          new Notice(Mark.DEGRADED, "", new Paragraph(getTranslation("new.lost"))));
      draft.setLost(false);
    }
  }

  /** As what is made here: a stack, or something for the library. */
  private void name() {
    draft
        .written()
        .ifPresent(
            kind -> {
              String list = SavedPages.list(kind);
              origin.setHref("/" + list);
              origin.setText(getTranslation("library." + list));
              setPageTitle(
                  draft
                      .origin(kind)
                      .map(item -> getTranslation("new.title-edit", item.name()))
                      .orElseGet(() -> getTranslation("new.title-" + kind.text())));
            });
  }

  /** Whether this step writes something for the library, rather than a part of a stack. */
  private boolean isWritten() {
    return draft.written().filter(kind -> step == Step.of(kind)).isPresent();
  }

  private String sentence() {
    return isWritten()
        ? getTranslation("new.sentence-write-" + step.word(), project().toString())
        : getTranslation("new.sentence-" + step.word(), project().toString());
  }

  /**
   * Takes what the address names: a sample, a plan, or something of the library.
   *
   * @return where one begins
   */
  private Step take(QueryParameters query, Draft begun) {
    Optional<Sample> sample = query.getSingleParameter("sample").map(samples::require);
    Optional<Plan> plan = query.getSingleParameter("plan").map(this::plan);
    sample.ifPresent(chosen -> begun.take(chosen, names()));
    plan.ifPresent(begun::take);
    for (ItemKind kind : ItemKind.values()) {
      boolean isBlank = query.getSingleParameter(kind.text()).filter(String::isBlank).isPresent();
      if (isBlank || query.getParameters().containsKey("edit")) {
        query.getSingleParameter(kind.text()).ifPresent(any -> begun.setWritten(kind));
      }
      query
          .getSingleParameter(kind.text())
          .filter(name -> !name.isBlank())
          .ifPresent(name -> begun.take(library.versions(project(), kind, name, caller()).get(0)));
    }
    if (sample.isPresent() || plan.isPresent()) {
      return Step.PARAMETERS;
    }
    if (!query.getParameters().containsKey(ItemKind.POLICY.text())) {
      return Step.TEMPLATE;
    }
    if (query.getSingleParameter(ItemKind.POLICY.text()).filter(String::isBlank).isPresent()) {
      // One to be written begins with nothing.
      begun.takePolicy("");
    }
    return query.getParameters().containsKey("edit") ? Step.POLICY : Step.TEMPLATE;
  }

  /** What cannot be an id is told like an id that does not exist. */
  private Plan plan(String id) {
    try {
      return plans.require(PlanId.parse(id), caller());
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("plan", id);
    }
  }

  private Saving saving() {
    return contents.saving(draft, project(), caller());
  }

  private StackNames names() {
    return contents.names(project(), caller());
  }

  private Component buttons() {
    Div row = new Div();
    row.addClassNames("row", "step-buttons");
    step.previous()
        .filter(before -> !isWritten())
        .ifPresent(before -> row.add(new Button(getTranslation("new.back"), click -> go(before))));
    if (content instanceof PlanStep planned) {
      planned
          .plan()
          .ifPresent(
              plan -> {
                Button create =
                    new Button(getTranslation("new.create", plan.placement().parts().size()));
                create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
                create.setDisableOnClick(true);
                Checkbox anew = new Checkbox(getTranslation("drift.choose-REPLACE_VANISHED"), true);
                anew.setTooltipText(getTranslation("drift.choose-words"));
                Checkbox right = new Checkbox(getTranslation("drift.choose-right"), false);
                right.setTooltipText(getTranslation("drift.choose-right-words"));
                anew.addValueChangeListener(change -> right.setEnabled(change.getValue()));
                create.addClickListener(
                    click ->
                        create(
                            planned,
                            plan,
                            DriftChoice.of(anew.getValue(), right.getValue()),
                            create));
                row.add(anew, right);
                planned
                    .tooDear()
                    .ifPresent(
                        reason -> {
                          create.setEnabled(false);
                          Span why = new Span(getTranslation("plan.too-dear"));
                          why.addClassNames("quiet", "small");
                          row.add(why);
                        });
                row.add(create);
              });
    } else if (isWritten()) {
      row.add(new Button(getTranslation("new.use-it"), click -> next()));
      Button save = saving().button(draft.written().orElseThrow(), this::saved);
      save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      row.add(save);
    } else {
      Button next = new Button(getTranslation("new.next"), click -> next());
      next.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      row.add(next);
    }
    return row;
  }

  private void next() {
    if (content.isReady()) {
      step.next().ifPresent(this::go);
    }
  }

  /** What was written for the library is there now. */
  private void saved(SavedItem item) {
    drafts.end(caller(), draft);
    getUI().ifPresent(ui -> ui.navigate(SavedPages.item(item.kind(), item.name())));
  }

  private void go(Step to) {
    getUI().ifPresent(ui -> ui.navigate(draft.address(to)));
  }

  private void create(PlanStep planned, Plan plan, DriftChoice onDrift, Button button) {
    try {
      StackId stack =
          stacks.create(new CreateStack(project(), draft.name(), plan.id(), onDrift), caller());
      drafts.end(caller(), draft);
      getUI().ifPresent(ui -> ui.navigate("stacks/" + stack));
    } catch (FederationFault fault) {
      planned.show(fault);
      button.setEnabled(true);
      planned.scrollIntoView();
    }
  }
}
