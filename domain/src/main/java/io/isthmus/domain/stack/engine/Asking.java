package io.isthmus.domain.stack.engine;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartReferences;
import io.isthmus.domain.stack.PartSpec;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Act;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackSecrets;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.HiddenValues;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes what is about to be asked of a cloud, and what came of it. */
final class Asking {

  /** The call, to be made after its intent is written; it is given its deadline. */
  interface Request extends Function<Instant, Outcome> {}

  private static final String CREATE = "create";
  private static final String ADOPT = "adopt";
  private static final String UPDATE = "update";
  private static final String DELETE = "delete";
  private static final String STOP = "stop";
  private static final String SUSPEND = "suspend";
  private static final String RESUME = "resume";
  private static final String DELETE_DOUBLE = "delete/double";

  private final Engine engine;
  private final Ledger ledger;
  private final Reach reach;
  private final PartTurns turns;
  private ResourceGraph graph;
  private int graphOf;
  private HiddenValues hidden;
  private int hiddenOf;

  Asking(Engine engine, Ledger ledger, Reach reach, PartTurns turns) {
    this.engine = engine;
    this.ledger = ledger;
    this.reach = reach;
    this.turns = turns;
  }

  /** Notes the intent. Empty when there is nothing to call. */
  Optional<Request> intend(Step step, Instant now) {
    StackPart part = ledger.part(step.part().key());
    boolean begins = !(step instanceof Step.DeleteDouble || step instanceof Step.Stop);
    boolean overtaken = begins && isOvertaken(part) || isOvertaken(step);
    if (overtaken || !part.equals(step.part())) {
      return Optional.empty();
    }
    Optional<Target> target = reach.target(part.id());
    if (target.isEmpty()) {
      ledger.note(turns.noWayIn(part, Reach.noWayIn(part.id().cloud()), now));
      return Optional.empty();
    }
    if (step instanceof Step.Create) {
      return intendCreate(part, target.get(), now);
    }
    if (step instanceof Step.Adopt) {
      return intendAdopt(part, target.get(), now);
    }
    if (step instanceof Step.Update) {
      return intendUpdate(part, target.get(), now);
    }
    if (step instanceof Step.DeleteDouble twice) {
      return Optional.of(intendDeleteDouble(part, twice.physicalId(), target.get()));
    }
    if (step instanceof Step.Stop) {
      return Optional.of(intendStop(part, target.get(), now));
    }
    if (step instanceof Step.Suspend || step instanceof Step.Resume) {
      return Optional.of(intendSleep(part, step instanceof Step.Suspend, target.get(), now));
    }
    ledger.note(turns.askedToDelete(part, now));
    ledger.note(begun(part, DELETE));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return Optional.of(deadline -> engine.drivers().delete(target.get(), desired, deadline));
  }

  /** Whether a person has wished meanwhile that it be not there, or that nothing more be begun. */
  private boolean isOvertaken(StackPart part) {
    Stack stack = ledger.stack();
    boolean stands = stack.status().isOfUpdate() && stack.status().status() == ActionStatus.FAILED;
    return stack.isLeaving() && part.goal() == Goal.PRESENT
        || Difference.isTurning(stack)
        || stands
            && part.goal() == Goal.PRESENT
            && !part.isRight()
            && !part.status().equals(StackStatus.UPDATING);
  }

  /** Whether a person has wished meanwhile that it be not put to sleep, or not woken. */
  private boolean isOvertaken(Step step) {
    StackStatus status = ledger.stack().status();
    return step instanceof Step.Suspend && !status.equals(StackStatus.SUSPENDING)
        || step instanceof Step.Resume && !status.equals(StackStatus.RESUMING);
  }

  private Optional<Request> intendCreate(StackPart part, Target target, Instant now) {
    JsonObject properties;
    try {
      properties = properties(part, part.spec());
    } catch (FederationFault fault) {
      ledger.note(turns.notCreatable(part, fault, isRepairing(), now));
      return Optional.empty();
    }
    PartState asking = part.state().asking(StackStatus.CREATING, Optional.of(properties), now);
    ledger.note(turns.askedToCreate(part.asked(asking, revision(), built(part.requires()))));
    ledger.note(begun(part, CREATE));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return Optional.of(deadline -> engine.drivers().create(target, desired, deadline));
  }

  private Optional<Request> intendAdopt(StackPart part, Target target, Instant now) {
    JsonObject properties;
    try {
      properties = properties(part, part.spec());
    } catch (FederationFault fault) {
      ledger.note(turns.adoptFailed(part, Trouble.of(fault, now), now));
      return Optional.empty();
    }
    PartState asking = part.state().asking(StackStatus.ADOPTING, Optional.of(properties), now);
    ledger.note(turns.askedToAdopt(part.asked(asking, revision(), built(part.requires()))));
    ledger.note(begun(part, ADOPT));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    Optional<Mark> from = part.state().adoptedFrom();
    return Optional.of(deadline -> engine.drivers().adopt(target, desired, from, deadline));
  }

  private Optional<Request> intendUpdate(StackPart part, Target target, Instant now) {
    if (!ledger.stack().status().isMaking()) {
      // Nothing more is wished of it than what its cloud was asked for.
      JsonObject given = part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT);
      return Optional.of(askUpdate(part, given, part.revision(), part.upon(), target, now));
    }
    PartSpec spec = part.goalSpec();
    JsonObject properties;
    try {
      properties = properties(part, spec);
    } catch (FederationFault fault) {
      ledger.note(turns.updateFailed(part, Trouble.of(fault, now), now));
      return Optional.empty();
    }
    JsonObject had = part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT);
    if (part.status().isWhole() && had.equals(properties)) {
      ledger.note(turns.right(part, built(spec.requires())));
      return Optional.empty();
    }
    List<String> fixed = fixed(part, had, properties);
    if (part.status().isWhole() && !fixed.isEmpty()) {
      ledger.note(otherwise(part, fixed, now));
      return Optional.empty();
    }
    return Optional.of(
        askUpdate(part, properties, revision(), built(spec.requires()), target, now));
  }

  private Request askUpdate(
      StackPart part,
      JsonObject properties,
      int revision,
      Set<PartKey> built,
      Target target,
      Instant now) {
    ledger.note(
        turns.askedToUpdate(
            part.asked(part.state().askingToUpdate(properties, now), revision, built)));
    ledger.note(begun(part, UPDATE));
    StackPart asked = ledger.part(part.key());
    DesiredPart desired = reach.desired(asked);
    JsonObject before = asked.state().before().orElse(JsonValue.EMPTY_JSON_OBJECT);
    return deadline -> engine.drivers().update(target, desired, before, deadline);
  }

  /**
   * Whether what its cloud was asked for is what it shall be: that is settled anew while the stack
   * changes, as when what it requires was replaced meanwhile.
   */
  private boolean isAskedForWhatItShallBe(StackPart part) {
    if (ledger.stack().status().isWhole()) {
      return true;
    }
    try {
      return part.state()
          .properties()
          .filter(properties(part, part.goalSpec())::equals)
          .isPresent();
    } catch (FederationFault notKnown) {
      return false;
    }
  }

  /**
   * What differs though it cannot be changed in place: something that the plan could not foresee,
   * such as an attribute of another resource.
   */
  private List<String> fixed(StackPart part, JsonObject had, JsonObject shall) {
    Map<String, PropertySchema> schemas =
        graph().find(part.id().resource()).orElseThrow().type().properties();
    return Stream.concat(had.keySet().stream(), shall.keySet().stream())
        .distinct()
        .filter(name -> !Objects.equals(had.get(name), shall.get(name)))
        .filter(name -> schemas.containsKey(name) && !schemas.get(name).updatable())
        .sorted()
        .toList();
  }

  /** Another takes its place, unless something would be lost that nobody agreed to lose. */
  private Turn otherwise(StackPart part, List<String> fixed, Instant now) {
    Phrase why = Phrase.of("stack.changed-otherwise", String.join(", ", fixed));
    if (Repair.holdsData(part)) {
      return turns.updateFailed(
          part, Trouble.of(new FederationFault(FaultCode.CONFLICT, why), now), now);
    }
    return Turn.all(
        List.of(turns.succeeded(part, why, now), turns.rebuilt(ledger.parts(), part.id())));
  }

  private JsonObject properties(StackPart part, PartSpec spec) {
    PartReferences references =
        PartReferences.from(part.id().place(), graph(), ledger.stack().computed(), ledger.parts());
    return Resolutions.apply(
        graph().find(part.id().resource()).orElseThrow().properties(references),
        spec.resolutions());
  }

  /** The generations that those parts have now. */
  private Set<PartKey> built(Set<PartId> requires) {
    return ledger.parts().stream()
        .filter(part -> part.goal() == Goal.PRESENT && requires.contains(part.id()))
        .map(StackPart::key)
        .collect(Collectors.toSet());
  }

  private int revision() {
    return ledger.stack().course().revision();
  }

  private Request intendDeleteDouble(StackPart part, String physicalId, Target target) {
    DesiredPart desired = reach.desired(part);
    ledger.note(
        new Turn(List.of(), List.of(Happening.of(part, Words.of("double", part, physicalId)))));
    ledger.note(begun(part, DELETE_DOUBLE));
    return deadline -> engine.drivers().deleteDouble(target, desired, physicalId, deadline);
  }

  private Request intendStop(StackPart part, Target target, Instant now) {
    ledger.note(turns.askedToStop(part, now));
    ledger.note(begun(part, STOP));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return deadline -> engine.drivers().stop(target, desired, deadline);
  }

  private Request intendSleep(StackPart part, boolean falling, Target target, Instant now) {
    ledger.note(
        turns.askedToSleepOrWake(
            part, falling ? StackStatus.SUSPENDING : StackStatus.RESUMING, now));
    ledger.note(begun(part, falling ? SUSPEND : RESUME));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return deadline ->
        falling
            ? engine.drivers().suspend(target, desired, deadline)
            : engine.drivers().resume(target, desired, deadline);
  }

  /** Notes what a cloud answered. */
  void answered(Step step, Outcome answer, Instant now) {
    Outcome outcome = told(answer);
    StackPart part = ledger.part(step.part().key());
    ledger.note(ended(part, action(step), outcome));
    if (step instanceof Step.Create) {
      ledger.note(turns.created(part, outcome, isRepairing(), now));
    } else if (step instanceof Step.Adopt) {
      ledger.note(turns.adopted(part, outcome, now));
    } else if (step instanceof Step.Update) {
      Optional<Set<PartKey>> built =
          isAskedForWhatItShallBe(part)
              ? Optional.of(built(part.goalSpec().requires()))
              : Optional.empty();
      ledger.note(turns.updated(part, outcome, built, now));
    } else if (step instanceof Step.Delete) {
      ledger.note(turns.deleted(part, outcome, now));
    } else if (step instanceof Step.Stop) {
      ledger.note(turns.stopAsked(part, outcome, now));
    } else if (step instanceof Step.Suspend || step instanceof Step.Resume) {
      ledger.note(turns.sleepOrWakingAsked(part, outcome, now));
    } else {
      // Whether it worked the next look tells.
      ledger.touch(part.key());
    }
  }

  /** As it is recorded. */
  static String action(Step step) {
    if (step instanceof Step.Create) {
      return CREATE;
    }
    if (step instanceof Step.Adopt) {
      return ADOPT;
    }
    if (step instanceof Step.Update) {
      return UPDATE;
    }
    if (step instanceof Step.Stop) {
      return STOP;
    }
    if (step instanceof Step.Suspend) {
      return SUSPEND;
    }
    if (step instanceof Step.Resume) {
      return RESUME;
    }
    return step instanceof Step.Delete ? DELETE : DELETE_DOUBLE;
  }

  private static Act begun(StackPart part, String action) {
    return new Act(part.id(), part.type(), action, AuditRecord.Outcome.PENDING, Optional.empty());
  }

  private static Act ended(StackPart part, String action, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return new Act(
          part.id(),
          part.type(),
          action,
          AuditRecord.Outcome.FAILURE,
          Optional.of(refused.fault()));
    }
    return outcome instanceof Outcome.Uncertain uncertain
        ? new Act(
            part.id(),
            part.type(),
            action,
            AuditRecord.Outcome.UNKNOWN,
            Optional.of(uncertain.fault()))
        : new Act(part.id(), part.type(), action, AuditRecord.Outcome.SUCCESS, Optional.empty());
  }

  /** A cloud that refuses repeats what it was given, and hidden parameters may be in it. */
  private Outcome told(Outcome answer) {
    if (answer instanceof Outcome.Refused refused) {
      return new Outcome.Refused(hidden().mask(refused.fault()));
    }
    return answer instanceof Outcome.Uncertain uncertain
        ? new Outcome.Uncertain(hidden().mask(uncertain.fault()))
        : answer;
  }

  /** Also of what the stack was before: what it is still made of, or goes back to. */
  private HiddenValues hidden() {
    if (hidden == null || hiddenOf != revision()) {
      hidden =
          StackSecrets.of(
              ledger.stack(), ledger.earlier(), stack -> engine.blueprints().graph(stack).hidden());
      hiddenOf = revision();
    }
    return hidden;
  }

  private boolean isRepairing() {
    return ledger.stack().status().isWhole();
  }

  /** Whether that property of a part is updated in place. */
  boolean isUpdatable(StackPart part, String property) {
    return graph()
        .find(part.id().resource())
        .map(node -> node.type().properties().get(property))
        .filter(PropertySchema::updatable)
        .isPresent();
  }

  ResourceGraph graph() {
    if (graph == null || graphOf != revision()) {
      graph = engine.blueprints().graph(ledger.stack());
      graphOf = revision();
    }
    return graph;
  }
}
