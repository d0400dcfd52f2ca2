package io.isthmus.domain.stack.engine;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.PartReferences;
import io.isthmus.domain.stack.StackChange.Act;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Target;
import io.isthmus.domain.template.HiddenValues;
import io.isthmus.domain.template.ResourceGraph;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Notes what is about to be asked of a cloud, and what came of it. */
final class Asking {

  /** The call, to be made after its intent is written; it is given its deadline. */
  interface Request extends Function<Instant, Outcome> {}

  private static final String CREATE = "create";
  private static final String DELETE = "delete";
  private static final String DELETE_DOUBLE = "delete/double";

  private final Engine engine;
  private final Ledger ledger;
  private final Reach reach;
  private final PartTurns turns;
  private ResourceGraph graph;

  Asking(Engine engine, Ledger ledger, Reach reach, PartTurns turns) {
    this.engine = engine;
    this.ledger = ledger;
    this.reach = reach;
    this.turns = turns;
  }

  /** Notes the intent. Empty when there is nothing to call. */
  Optional<Request> intend(Step step, Instant now) {
    StackPart part = ledger.part(step.part().key());
    boolean overtaken = ledger.stack().isLeaving() && part.goal() == Goal.PRESENT;
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
    if (step instanceof Step.DeleteDouble twice) {
      return Optional.of(intendDeleteDouble(part, twice.physicalId(), target.get()));
    }
    ledger.note(turns.askedToDelete(part, now));
    ledger.note(begun(part, DELETE));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return Optional.of(deadline -> engine.drivers().delete(target.get(), desired, deadline));
  }

  private Optional<Request> intendCreate(StackPart part, Target target, Instant now) {
    JsonObject properties;
    try {
      PartReferences references =
          PartReferences.from(
              part.id().place(), graph(), ledger.stack().computed(), ledger.parts());
      properties =
          Resolutions.apply(
              graph().find(part.id().resource()).orElseThrow().properties(references),
              part.resolutions());
    } catch (FederationFault fault) {
      ledger.note(turns.notCreatable(part, fault, isRepairing(), now));
      return Optional.empty();
    }
    ledger.note(turns.askedToCreate(part, properties, now));
    ledger.note(begun(part, CREATE));
    DesiredPart desired = reach.desired(ledger.part(part.key()));
    return Optional.of(deadline -> engine.drivers().create(target, desired, deadline));
  }

  private Request intendDeleteDouble(StackPart part, String physicalId, Target target) {
    DesiredPart desired = reach.desired(part);
    ledger.note(
        new Turn(List.of(), List.of(Happening.of(part, Words.of("double", part, physicalId)))));
    ledger.note(begun(part, DELETE_DOUBLE));
    return deadline -> engine.drivers().deleteDouble(target, desired, physicalId, deadline);
  }

  /** Notes what a cloud answered. */
  void answered(Step step, Outcome answer, Instant now) {
    Outcome outcome = told(answer);
    StackPart part = ledger.part(step.part().key());
    ledger.note(ended(part, action(step), outcome));
    if (step instanceof Step.Create) {
      ledger.note(turns.created(part, outcome, isRepairing(), now));
    } else if (step instanceof Step.Delete) {
      ledger.note(turns.deleted(part, outcome, now));
    } else {
      // Whether it worked the next look tells.
      ledger.touch(part.key());
    }
  }

  private static String action(Step step) {
    if (step instanceof Step.Create) {
      return CREATE;
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

  /** A template that is not understood any more must not keep an answer from being noted. */
  private HiddenValues hidden() {
    try {
      return ledger.stack().template().mayHide() ? graph().hidden() : HiddenValues.NONE;
    } catch (FederationFault notUnderstood) {
      return HiddenValues.of(ledger.stack().parameters());
    }
  }

  private boolean isRepairing() {
    return ledger.stack().status().equals(StackStatus.CREATED);
  }

  ResourceGraph graph() {
    if (graph == null) {
      graph = engine.blueprints().graph(ledger.stack());
    }
    return graph;
  }
}
