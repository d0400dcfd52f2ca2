package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Heat's {@code adopt}: a stack of what is in clouds already, from the document that abandoning one
 * has answered with. What cannot be taken over is refused by name before anything is changed; what
 * only clouds can tell the reconciler finds out, resource by resource.
 */
@ApplicationScoped
public class Adoptions {

  private static final String DATA = AdoptionMatch.DATA;

  private StackStore store;
  private PlanService plans;
  private Instance<Blueprints> blueprints;
  private TenantService tenants;
  private Event<StackWanted> wishes;
  private final Clock clock = Clock.systemUTC();

  @Inject
  Adoptions(
      StackStore store,
      PlanService plans,
      Instance<Blueprints> blueprints,
      TenantService tenants,
      Event<StackWanted> wishes) {
    this.store = store;
    this.plans = plans;
    this.blueprints = blueprints;
    this.tenants = tenants;
    this.wishes = wishes;
  }

  /** For the container's proxies. */
  protected Adoptions() {}

  /**
   * What would be taken over. Asks no cloud and changes nothing.
   *
   * @throws FederationFault REQUEST_INVALID with all that stands against it, by name; as {@link
   *     PlanService#foreseeAdoption}
   */
  @Audited(action = "read/adopt", target = "stack")
  @Transactional
  public Adoption preview(AdoptStack wish, Caller caller) {
    requireWhole(wish, caller);
    PlanService.Foundling found = plans.foreseeAdoption(wish.plan(), there(wish), caller);
    AdoptionMatch match =
        AdoptionMatch.of(
            wish.document(), found.placement().parts(), found.graph(), kept(origin(wish)));
    Map<PartId, AdoptionDocument.Resource> known = match.known();
    return new Adoption(
        wish.name(),
        found.placement().parts().stream()
            .map(PlannedPart::id)
            .filter(known::containsKey)
            .map(known::get)
            .toList(),
        wish.document().resources().stream().filter(one -> !one.wanted()).toList());
  }

  /**
   * Makes a stack of what is in clouds already; the reconciler begins to take it over.
   *
   * @throws FederationFault as {@link #preview}; NAME_TAKEN; BUDGET_EXCEEDED; STALE_PLAN when
   *     others have taken its addresses
   */
  @Audited(action = "create/adopt", target = "stack")
  @Transactional
  public StackId adopt(AdoptStack wish, Caller caller) {
    requireWhole(wish, caller);
    PlanService.Taken taken = plans.adopt(wish.plan(), there(wish), caller);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Stack stack = stack(wish, taken, caller, now);
    ResourceGraph graph = blueprints.get().graph(stack);
    List<PlannedPart> planned = taken.plan().placement().parts();
    Optional<StackId> origin = origin(wish);
    AdoptionMatch match = AdoptionMatch.of(wish.document(), planned, graph, kept(origin));
    Map<PartId, AdoptionDocument.Resource> known = match.known();
    List<StackPart> parts =
        planned.stream().map(part -> part(part, graph, known, origin, now)).toList();
    store.add(
        stack.with(match.drawn()),
        parts,
        Phrase.of(
            "stack.adopt-requested", stack.name(), caller.name(), Phrase.number(known.size())));
    if (wish.onDrift() != DriftChoice.REPLACE_VANISHED) {
      store.chooseOnDrift(
          stack.id(),
          OptionalLong.empty(),
          wish.onDrift(),
          StackService.driftChosen(stack, wish.onDrift(), caller),
          now);
    }
    wishes.fire(new StackWanted(stack.id()));
    return stack.id();
  }

  private static Stack stack(AdoptStack wish, PlanService.Taken taken, Caller caller, Instant now) {
    return new Stack(
        new StackId(UUID.randomUUID()),
        wish.project(),
        wish.name(),
        taken.plan().template(),
        taken.parameters(),
        JsonValue.EMPTY_JSON_OBJECT,
        taken.plan().policy(),
        taken.plan().id(),
        StackStatus.ADOPTING,
        Phrase.of("stack.in-adoption", wish.name()),
        StackHealth.UNKNOWN,
        now,
        1,
        0,
        now,
        now,
        caller.name(),
        RequestId.currentOrFresh(),
        StackCourse.FIRST);
  }

  private static StackPart part(
      PlannedPart part,
      ResourceGraph graph,
      Map<PartId, AdoptionDocument.Resource> known,
      Optional<StackId> origin,
      Instant now) {
    DeletionPolicy policy =
        graph
            .find(part.id().resource())
            .map(ResourceNode::deletionPolicy)
            .orElse(DeletionPolicy.DELETE);
    AdoptionDocument.Resource there = known.get(part.id());
    if (there == null) {
      return StackPart.planned(part, policy, now);
    }
    Optional<Mark> from = there.mark().filter(mark -> origin.equals(Optional.of(mark.stack())));
    return StackPart.toBeAdopted(
        part, policy, PartState.toBeAdopted(there.physicalId(), from, now));
  }

  /**
   * The stack whose marks may be taken off: the one that the document is of, when it was abandoned
   * here by the same project, or was never here.
   */
  private Optional<StackId> origin(AdoptStack wish) {
    return wish.document()
        .origin()
        .filter(
            id ->
                store
                    .find(id)
                    .filter(
                        stack ->
                            !stack.project().equals(wish.project())
                                || store.abandonment(id).isEmpty())
                    .isEmpty());
  }

  private static List<PlannedPart> there(AdoptStack wish) {
    return AdoptionMatch.wanted(wish.document()).values().stream()
        .map(AdoptionDocument.Resource::planned)
        .toList();
  }

  /** What the document alone shows to be missing. */
  private void requireWhole(AdoptStack wish, Caller caller) {
    tenants.requireMember(caller, wish.project());
    List<Violation> wrong = new ArrayList<>();
    wish.document().unplaced().stream()
        .limit(1)
        .forEach(
            one ->
                wrong.add(
                    Violation.at(
                        "place",
                        Phrase.of("stack.adopt.no-place", one.resource()),
                        Phrase.of("stack.adopt.no-place-remedy"))));
    wish.document()
        .origin()
        .flatMap(store::find)
        .filter(stack -> stack.project().equals(wish.project()))
        .filter(stack -> store.abandonment(stack.id()).isEmpty())
        .ifPresent(
            stack ->
                wrong.add(
                    Violation.at(
                        DATA + ".id",
                        Phrase.of("stack.adopt.alive", stack.name()),
                        Phrase.of("stack.adopt.alive-remedy"))));
    new TreeSet<>(wish.document().hidden())
        .stream()
            .filter(name -> !wish.parameters().containsKey(name))
            .forEach(
                name ->
                    wrong.add(
                        Violation.at("parameters." + name, Phrase.of("stack.adopt.secret", name))));
    Set<String> ids = new HashSet<>();
    for (AdoptionDocument.Resource one : wish.document().resources()) {
      String key = one.type() + "|" + one.id().cloud() + "|" + one.id().region();
      if (!ids.add(key + "|" + one.physicalId())) {
        wrong.add(
            Violation.at(
                AdoptionMatch.at(one.id()),
                Phrase.of(
                    "stack.adopt.twice", one.id().resource(), AdoptionMatch.place(one.id()))));
      }
    }
    AdoptionMatch.refuse(wrong);
  }

  /** What was drawn for the stack that was abandoned here, which no document tells. */
  private JsonObject kept(Optional<StackId> origin) {
    return origin.flatMap(store::find).map(Stack::computed).orElse(JsonValue.EMPTY_JSON_OBJECT);
  }
}
