package io.isthmus.ui.newstack;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlacementRefused;
import io.isthmus.domain.placement.Plan;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.placement.PlacementPanel;
import io.isthmus.ui.widget.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What would happen; nothing is created by looking at it. */
class PlanStep extends StepContent {

  private static final long serialVersionUID = 1L;

  private final transient Draft draft;
  private final Div notice = new Div();
  private transient Optional<Plan> plan = Optional.empty();
  private transient Optional<Phrase> tooDear = Optional.empty();

  /**
   * @param ask for the plan
   * @param hasParameters whether the template leaves anything open
   * @param dear tells whether a plan costs too much to be accepted
   */
  PlanStep(
      Draft draft,
      boolean hasParameters,
      Supplier<Plan> ask,
      Function<Plan, Optional<Phrase>> dear,
      List<CloudView> clouds) {
    this.draft = draft;
    add(notice);
    try {
      Plan made = ask.get();
      plan = Optional.of(made);
      Paragraph sentence = new Paragraph(sentence(made.placement()));
      sentence.addClassName("sentence");
      Paragraph holds =
          new Paragraph(
              getTranslation("plan.holds-until", Reader.formats().dateTime(made.expiresAt())));
      holds.addClassNames("quiet", "small");
      tooDear = dear.apply(made);
      tooDear.ifPresent(
          reason ->
              add(
                  new Notice(
                      Mark.DEGRADED,
                      getTranslation("plan.too-dear"),
                      new Paragraph(reason.in(getLocale())),
                      new Anchor("/usage", getTranslation("plan.to-budget")))));
      add(sentence, holds, new PlacementPanel(made.placement(), clouds));
    } catch (PlacementRefused refused) {
      add(
          new PlacementPanel(
              refused.placement(),
              clouds,
              causes -> ways(causes, hasParameters).stream().map(this::back).toList()));
    } catch (FederationFault fault) {
      show(fault);
    }
  }

  /** The steps at which a refusal can be mended, what fits its causes first. */
  static List<Step> ways(Set<Hindrance> causes, boolean hasParameters) {
    boolean byWhatIsAsked =
        !causes.contains(Hindrance.POLICY) && causes.stream().anyMatch(PlanStep::isOfWhatIsAsked);
    List<Step> asked =
        hasParameters ? List.of(Step.PARAMETERS, Step.TEMPLATE) : List.of(Step.TEMPLATE);
    List<Step> ways = new ArrayList<>(asked);
    ways.add(byWhatIsAsked ? asked.size() : 0, Step.POLICY);
    return ways;
  }

  /** Whether other names or less of them could be had. */
  private static boolean isOfWhatIsAsked(Hindrance hindrance) {
    return switch (hindrance) {
      case FLAVOR, IMAGE, NETWORK, VOLUME_TYPE, ZONE, QUOTA, REFUSED, SERVICE -> true;
      case POLICY, CLOSED, SILENT, UNREAD, ACCESS -> false;
    };
  }

  private String sentence(Placement.Placed placed) {
    Set<CloudId> clouds =
        placed.parts().stream().map(part -> part.id().cloud()).collect(Collectors.toSet());
    return getTranslation(
        "plan.sentence",
        placed.parts().size(),
        clouds.size(),
        clouds.stream().sorted().map(CloudId::text).collect(Collectors.joining(", ")));
  }

  /** Shows a failure, with the way to the step at which it can be mended. */
  void show(FederationFault fault) {
    notice.removeAll();
    Notice words = Notice.of(fault);
    stepFor(fault.code()).ifPresent(step -> words.add(back(step)));
    notice.add(words);
  }

  private static Optional<Step> stepFor(FaultCode code) {
    return switch (code) {
      case TEMPLATE_INVALID, TOO_LARGE -> Optional.of(Step.TEMPLATE);
      case PARAMETER_INVALID, NAME_TAKEN, REQUEST_INVALID -> Optional.of(Step.PARAMETERS);
      case POLICY_INVALID, NO_CANDIDATE -> Optional.of(Step.POLICY);
      case STALE_PLAN -> Optional.of(Step.PLAN);
      default -> Optional.empty();
    };
  }

  private Anchor back(Step step) {
    Anchor anchor =
        new Anchor("/" + draft.address(step), getTranslation("new.go-to-" + step.word()));
    // The plan's own address is where one is already: it has to be loaded to be planned anew.
    anchor.setRouterIgnore(step == Step.PLAN);
    return anchor;
  }

  Optional<Plan> plan() {
    return plan;
  }

  /** Why it cannot be accepted as things stand; empty when it can. */
  Optional<Phrase> tooDear() {
    return tooDear;
  }

  @Override
  boolean isReady() {
    return plan.isPresent();
  }
}
