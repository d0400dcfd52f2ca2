package io.isthmus.ui.newstack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CatalogService;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.keypair.KeyPairs;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PolicyCompletions;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.stack.CreateStack;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.ui.catalog.KnownNames;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.library.SavedPages;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** A new stack, step by step; each step has an address, and what was typed is kept. */
@RouteScoped
@Route(value = "stacks/new/:draft?/:step?", layout = MainLayout.class)
public class NewStackView extends ProjectPage {

  private static final long serialVersionUID = 1L;
  private static final String PATH = "stacks/new/";

  private final transient Drafts drafts;
  private final transient Samples samples;
  private final transient CloudService clouds;
  private final transient CatalogService catalog;
  private final transient PlanService plans;
  private final transient StackService stacks;
  private final transient Library library;
  private final transient StackLists lists;
  private final transient KeyPairs keyPairs;
  private final transient Images images;
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
      CloudService clouds,
      CatalogService catalog,
      PlanService plans,
      StackService stacks,
      StackLists lists,
      Library library,
      KeyPairs keyPairs,
      Images images) {
    super(callers, current);
    this.drafts = drafts;
    this.samples = samples;
    this.clouds = clouds;
    this.catalog = catalog;
    this.plans = plans;
    this.stacks = stacks;
    this.lists = lists;
    this.library = library;
    this.keyPairs = keyPairs;
    this.images = images;
    setPageTitle(getTranslation("stacks.new"));
    setBreadcrumb(origin);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    Optional<Draft> found =
        event.getRouteParameters().get("draft").flatMap(id -> drafts.find(caller(), id));
    Optional<Step> wanted = event.getRouteParameters().get("step").flatMap(Step::find);
    if (found.isEmpty() || wanted.isEmpty()) {
      Draft begun = found.orElseGet(() -> drafts.begin(caller()));
      begun.setLost(found.isEmpty() && event.getRouteParameters().get("draft").isPresent());
      begun.setStandardPolicy(plans.standardPolicy(project(), caller()));
      Step first = take(event.getLocation().getQueryParameters(), begun);
      event.forwardTo(PATH + begun.id() + "/" + first.word());
      return;
    }
    draft = found.get();
    step = wanted.get();
    draft.setStandardPolicy(plans.standardPolicy(project(), caller()));
    Optional<HotTemplate> template = template();
    if (template.isEmpty() && step != Step.TEMPLATE && step != Step.POLICY) {
      event.forwardTo(PATH + draft.id() + "/" + Step.TEMPLATE.word());
      return;
    }
    boolean goesOn = content != null;
    content = content(template);
    name();
    setSentence(sentence());
    if (isWritten()) {
      setContent(content, buttons());
    } else {
      setContent(steps(goesOn), content, buttons());
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

  private Optional<HotTemplate> template() {
    try {
      return Optional.of(draft.read());
    } catch (FederationFault fault) {
      // Shown by the template step, at its line.
      return Optional.empty();
    }
  }

  private StepContent content(Optional<HotTemplate> template) {
    Saving saving = saving();
    return switch (step) {
      case TEMPLATE -> new TemplateStep(draft, samples.list(), saving, names());
      case PARAMETERS ->
          new ParametersStep(
              draft,
              project(),
              template.orElseThrow(),
              names(),
              new KnownNames(
                  catalog.names(caller(), project()),
                  keyPairs.list(project(), caller()).stream().map(KeyPairs.Kept::pair).toList(),
                  images.list(project(), caller()).stream().map(Images.Kept::image).toList(),
                  this::getTranslation,
                  Reader.formats()),
              this::next);
      case POLICY ->
          new PolicyStep(
              draft,
              samples.list(),
              saving,
              PolicyCompletions.Names.of(
                  clouds.list(caller(), project()),
                  template.map(read -> List.copyOf(read.resources().keySet())).orElse(List.of())));
      case PLAN ->
          new PlanStep(
              draft,
              !template.orElseThrow().parameters().isEmpty(),
              () -> plans.preview(draft.question(project(), template.orElseThrow()), caller()),
              plan -> plans.tooDear(plan, caller()),
              clouds.list(caller(), project()));
    };
  }

  private Saving saving() {
    return new Saving(library, project(), caller(), draft);
  }

  private StackNames names() {
    return StackNames.of(lists, project(), caller());
  }

  /**
   * @param goesOn whether the reader comes from another step, and the keyboard with them
   */
  private Component steps(boolean goesOn) {
    OrderedList list = new OrderedList();
    list.addClassName("steps");
    for (Step each : Step.values()) {
      ListItem item = new ListItem();
      String words = getTranslation("new.step-" + each.word());
      if (each == step) {
        Span here = new Span(words);
        here.getElement().setAttribute("aria-current", "step");
        if (goesOn) {
          here.getElement().setAttribute("tabindex", "-1");
          here.getElement().executeJs("this.focus({preventScroll: true})");
        }
        item.add(here);
      } else if (each.ordinal() < step.ordinal()) {
        item.add(new Anchor("/" + PATH + draft.id() + "/" + each.word(), words));
      } else {
        item.add(new Span(words));
      }
      list.add(item);
    }
    return list;
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
                create.addClickListener(click -> create(planned, plan, create));
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
    getUI().ifPresent(ui -> ui.navigate(PATH + draft.id() + "/" + to.word()));
  }

  private void create(PlanStep planned, Plan plan, Button button) {
    try {
      StackId stack = stacks.create(new CreateStack(project(), draft.name(), plan.id()), caller());
      drafts.end(caller(), draft);
      getUI().ifPresent(ui -> ui.navigate("stacks/" + stack));
    } catch (FederationFault fault) {
      planned.show(fault);
      button.setEnabled(true);
      planned.scrollIntoView();
    }
  }
}
