package io.isthmus.ui.newstack;

import com.vaadin.flow.component.UI;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CatalogService;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.keypair.KeyPairs;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PolicyCompletions;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.ui.catalog.KnownNames;
import io.isthmus.ui.element.Reader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the steps show, to a new stack and to the update of one that is there. */
@ApplicationScoped
class StepContents {

  private Samples samples;
  private CloudService clouds;
  private CatalogService catalog;
  private PlanService plans;
  private Library library;
  private StackLists lists;
  private KeyPairs keyPairs;
  private Images images;

  @Inject
  StepContents(
      Samples samples,
      CloudService clouds,
      CatalogService catalog,
      PlanService plans,
      Library library,
      StackLists lists,
      KeyPairs keyPairs,
      Images images) {
    this.samples = samples;
    this.clouds = clouds;
    this.catalog = catalog;
    this.plans = plans;
    this.library = library;
    this.lists = lists;
    this.keyPairs = keyPairs;
    this.images = images;
  }

  /** For the container's proxies. */
  protected StepContents() {}

  /** The draft's template; empty while it cannot be read, which its own step shows at the line. */
  static Optional<HotTemplate> template(Draft draft) {
    try {
      return Optional.of(draft.read());
    } catch (FederationFault fault) {
      return Optional.empty();
    }
  }

  /**
   * @param template there is one wherever parameters or a plan are shown
   * @param plan asks for the plan
   * @param next goes on, when all is right
   */
  StepContent of(
      Step step,
      Draft draft,
      Optional<HotTemplate> template,
      ProjectId project,
      Caller caller,
      Supplier<Plan> plan,
      Runnable next) {
    return switch (step) {
      case TEMPLATE ->
          new TemplateStep(
              draft, samples.list(), saving(draft, project, caller), names(project, caller));
      case PARAMETERS ->
          new ParametersStep(
              draft,
              project,
              template.orElseThrow(),
              names(project, caller),
              known(project, caller),
              next);
      case POLICY ->
          new PolicyStep(
              draft,
              samples.list(),
              saving(draft, project, caller),
              PolicyCompletions.Names.of(
                  clouds.list(caller, project),
                  template.map(read -> List.copyOf(read.resources().keySet())).orElse(List.of())));
      case PLAN ->
          new PlanStep(
              draft,
              !template.orElseThrow().parameters().isEmpty(),
              plan,
              made -> plans.tooDear(made, caller),
              clouds.list(caller, project));
    };
  }

  private KnownNames known(ProjectId project, Caller caller) {
    UI ui = UI.getCurrent();
    return new KnownNames(
        catalog.names(caller, project),
        keyPairs.list(project, caller).stream().map(KeyPairs.Kept::pair).toList(),
        images.list(project, caller).stream().map(Images.Kept::image).toList(),
        ui::getTranslation,
        Reader.formats());
  }

  Saving saving(Draft draft, ProjectId project, Caller caller) {
    return new Saving(library, project, caller, draft);
  }

  StackNames names(ProjectId project, Caller caller) {
    return StackNames.of(lists, project, caller);
  }
}
