package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.image.KnownImages;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.keypair.KnownKeys;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressBook;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers what would happen, keeps the answers, and hands each out once to become a stack. Calls no
 * cloud. Another tenant's plan looks like a missing one.
 */
@ApplicationScoped
public class PlanService {

  /** How long a plan holds. */
  public static final Duration LIFE = Duration.ofHours(1);

  private static final Duration KEPT_AFTER = Duration.ofDays(1);

  /** Most plans in one answer. */
  public static final int MOST = 500;

  private PlanStore store;
  private Drafts drafts;
  private FederationService federation;
  private TenantService tenants;
  private StandingPolicies standing;
  private ProjectDefaults defaults;
  private AddressBook addresses;
  private SpendingLimit spending;
  private KnownKeys keys;
  private KnownImages images;
  private StandingStacks stacks;
  private Clock clock;
  private final Planner planner = new Planner();
  private final PolicyParser policies = new PolicyParser();

  @Inject
  PlanService(
      PlanStore store,
      Drafts drafts,
      FederationService federation,
      TenantService tenants,
      StandingPolicies standing,
      ProjectDefaults defaults,
      AddressBook addresses,
      SpendingLimit spending,
      KnownKeys keys,
      KnownImages images,
      StandingStacks stacks) {
    this(
        store,
        drafts,
        federation,
        tenants,
        standing,
        defaults,
        addresses,
        spending,
        keys,
        images,
        stacks,
        Clock.systemUTC());
  }

  PlanService(
      PlanStore store,
      Drafts drafts,
      FederationService federation,
      TenantService tenants,
      StandingPolicies standing,
      ProjectDefaults defaults,
      AddressBook addresses,
      SpendingLimit spending,
      KnownKeys keys,
      KnownImages images,
      StandingStacks stacks,
      Clock clock) {
    this.store = store;
    this.drafts = drafts;
    this.federation = federation;
    this.tenants = tenants;
    this.standing = standing;
    this.defaults = defaults;
    this.addresses = addresses;
    this.spending = spending;
    this.keys = keys;
    this.images = images;
    this.stacks = stacks;
    this.clock = clock;
  }

  /**
   * Whether a plan could not be accepted for what it costs, as things stand.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public Optional<Phrase> tooDear(Plan plan, Caller caller) {
    tenants.requireReader(caller, plan.project());
    if (plan.update().isPresent()) {
      return tooDear(plan, plan.update().get(), caller);
    }
    return spending.refusal(plan.project(), plan.placement().parts());
  }

  /** Of a stack that is at work or gone nobody asks what its update costs. */
  private Optional<Phrase> tooDear(Plan plan, PlannedUpdate update, Caller caller) {
    try {
      return UpdateCost.refusal(plan, update, stacks.require(update.stack(), caller), spending);
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.CONFLICT || fault.code() == FaultCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /** For the container's proxies. */
  protected PlanService() {}

  /**
   * Plans, and keeps the plan.
   *
   * @throws PlacementRefused NO_CANDIDATE when something has no place
   * @throws FederationFault TEMPLATE_INVALID, PARAMETER_INVALID, POLICY_INVALID, TOO_LARGE;
   *     NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "create", target = "plan")
  @Transactional
  public Plan preview(CreatePlan command, Caller caller) {
    tenants.requireMember(caller, command.project());
    Drafts.Draft draft = read(command);
    String policy = policy(command);
    Placement placement = place(command, policy, draft.graph());
    if (placement instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(unplaced);
    }
    Placement.Placed placed = (Placement.Placed) placement;
    // The database keeps microseconds; the plan reads back as it was given out.
    Instant now = now();
    Plan plan = plan(command, draft, policy, placed, caller, now);
    store.removeUnused(now.minus(KEPT_AFTER));
    store.add(plan, draft.given());
    return plan;
  }

  private static Plan plan(
      CreatePlan command,
      Drafts.Draft draft,
      String policy,
      Placement.Placed placed,
      Caller caller,
      Instant now) {
    return new Plan(
        new PlanId(UUID.randomUUID()),
        command.project(),
        command.name(),
        draft.template(),
        draft.shown(),
        policy,
        placed,
        PlanFingerprint.of(command.project(), draft, policy, placed, Optional.empty()),
        now,
        now.plus(LIFE),
        caller.name(),
        Optional.empty());
  }

  /**
   * Plans without keeping anything, for who wants to show a refusal as it is.
   *
   * @throws FederationFault as {@link #preview}, without NO_CANDIDATE
   */
  @Audited(action = "read/place", target = "plan")
  @Transactional
  public Placement place(CreatePlan command, Caller caller) {
    tenants.requireMember(caller, command.project());
    return place(command, policy(command), read(command).graph());
  }

  private Drafts.Draft read(CreatePlan command) {
    return drafts.read(
        command.project(),
        command.name(),
        command
            .template()
            .withKeyPairs(keys.of(command.project()))
            .withImages(images.of(command.project())),
        command.environment(),
        command.parameters());
  }

  /**
   * The policy of stacks that name none: the project's default, else the federation's.
   *
   * @return blank when there is none, and any available cloud will do
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public String standardPolicy(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return standardPolicy(project);
  }

  private String standardPolicy(ProjectId project) {
    return defaults.policyOf(project).orElseGet(standing::federationDefault);
  }

  private String policy(CreatePlan command) {
    return command.policy().orElseGet(() -> standardPolicy(command.project()));
  }

  private Placement place(CreatePlan command, String policy, ResourceGraph graph) {
    PlacementPolicy own = policies.parse(policy);
    FederationSnapshot snapshot = federation.snapshotToPlan(command.project());
    if (command.policy().isPresent()) {
      // A default is for many templates, so some of its rules may be about nothing in this one.
      PolicyCheck.require(own, graph, snapshot);
    }
    Placement placement =
        planner.place(
            graph,
            standing.bind(own, command.project()),
            snapshot,
            addresses.plan(command.project()));
    if (placement instanceof Placement.Unplaced unplaced) {
      return unplaced.with(ImageRemarks.unfinished(graph, command.project(), images));
    }
    Placement.Placed placed = (Placement.Placed) placement;
    return placed
        .with(NamedKeyPairs.remarks(graph, keys.of(command.project()).keySet()))
        .with(StandbyRemarks.of(graph, own))
        .with(ImageRemarks.of(placed.parts(), graph, command.project(), images));
  }

  /**
   * A kept plan.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "plan")
  @Transactional
  public Plan require(PlanId id, Caller caller) {
    return store
        .find(id)
        .filter(plan -> isVisible(plan, caller))
        .orElseThrow(() -> FederationFault.notFound("plan", id.toString()));
  }

  /**
   * Removes a plan that nobody wants any more. One that became a stack stays, as the stack's
   * reasons are in it.
   *
   * @throws FederationFault CONFLICT when it became a stack; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "delete", target = "plan")
  @Transactional
  public void remove(PlanId id, Caller caller) {
    Plan plan = require(id, caller);
    tenants.requireMember(caller, plan.project());
    if (!store.remove(id)) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("placement.plan.kept-by-stack"));
    }
  }

  private boolean isVisible(Plan plan, Caller caller) {
    return tenants.projects(caller).stream()
        .anyMatch(held -> held.project().equals(plan.project()));
  }

  /**
   * Plans of a project, newest first.
   *
   * @param cursor {@link PlanPage#next} of the page before; empty for the first
   * @param limit at least 1, at most {@link #MOST}
   * @throws FederationFault NOT_FOUND; REQUEST_INVALID for a cursor or limit that cannot be
   */
  @Audited(action = "read/list", target = "plan")
  @Transactional
  public PlanPage list(
      ProjectId project, PlanFilter filter, Optional<String> cursor, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", Phrase.of("fault.page-limit", limit, MOST));
    }
    List<Plan> found = store.list(project, filter, cursor.map(PlanService::position), limit + 1);
    List<Plan> shown = found.subList(0, Math.min(limit, found.size()));
    return new PlanPage(
        shown, found.size() > limit ? Optional.of(cursor(shown.get(limit - 1))) : Optional.empty());
  }

  private static String cursor(Plan last) {
    String text = last.createdAt() + "/" + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static PlanStore.Position position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      int slash = text.indexOf('/');
      return new PlanStore.Position(
          Instant.parse(text.substring(0, slash)), PlanId.parse(text.substring(slash + 1)));
    } catch (RuntimeException e) {
      throw invalid("cursor", Phrase.of("fault.page-cursor"));
    }
  }

  private static FederationFault invalid(String field, Phrase phrase) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase)));
  }

  /**
   * Takes a plan for good, with its addresses, within the caller's transaction. Of two plans for
   * what is left of a quota one is taken; the other does not hold any more.
   *
   * @throws FederationFault NOT_FOUND; STALE_PLAN when it expired, was used, or does not hold any
   *     more, saying what changed; FORBIDDEN; BUDGET_EXCEEDED
   */
  @Transactional
  public Taken accept(PlanId id, Caller caller) {
    Plan plan = require(id, caller);
    tenants.requireMember(caller, plan.project());
    Instant now = now();
    if (plan.update().isPresent()) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("placement.plan.of-update", plan.name()));
    }
    requireOpen(plan, now);
    federation.takeTurn(plan.project());
    JsonObject parameters = store.parameters(plan);
    List<Phrase> changes = new ArrayList<>(ImageRemarks.gone(plan, images));
    changes.addAll(
        planner.changes(
            drafts.read(plan.project(), plan.name(), plan.template(), "", parameters).graph(),
            standing.bind(policies.parse(plan.policy()), plan.project()),
            federation.snapshotToPlan(plan.project()),
            plan.placement()));
    if (!changes.isEmpty()) {
      throw stale(changes);
    }
    spending
        .refusal(plan.project(), plan.placement().parts())
        .ifPresent(
            why -> {
              throw new FederationFault(
                  FaultCode.BUDGET_EXCEEDED, why, List.of(Violation.at("plan", why)));
            });
    if (!store.accept(id, now)) {
      throw stale(List.of(Phrase.of("placement.plan.used")));
    }
    List<String> gone =
        addresses.reserve(plan.project(), id.value(), plan.placement().wiring().segments());
    if (!gone.isEmpty()) {
      throw stale(List.of(Phrase.of("placement.plan.addresses-taken", String.join(", ", gone))));
    }
    return new Taken(plan, parameters);
  }

  /**
   * What is in clouds already, as a stack would have it.
   *
   * @param graph of its template with its parameters
   */
  public record Foundling(Placement.Placed placement, ResourceGraph graph) {}

  /**
   * Places a stack whose resources are in their clouds already: what stands stays, and takes no
   * room of its clouds' quotas, which count it. Keeps nothing.
   *
   * @param there the resources, with what names mean to them as far as that is known
   * @throws PlacementRefused NO_CANDIDATE when something has no place
   * @throws FederationFault as {@link #preview}; QUOTA_EXCEEDED when the federation's own quotas
   *     leave too little
   */
  @Transactional
  public Foundling foreseeAdoption(CreatePlan command, List<PlannedPart> there, Caller caller) {
    tenants.requireMember(caller, command.project());
    Drafts.Draft draft = read(command);
    return new Foundling(placeFound(command, draft, policy(command), there), draft.graph());
  }

  private Placement.Placed placeFound(
      CreatePlan command, Drafts.Draft draft, String policy, List<PlannedPart> there) {
    PlacementPolicy bound = standing.bind(policies.parse(policy), command.project());
    FederationSnapshot snapshot = federation.snapshotToPlan(command.project());
    requireKnown(there, snapshot);
    Placement placement =
        planner.update(
            draft.graph(),
            bound,
            draft.graph(),
            bound,
            snapshot,
            addresses.plan(command.project()),
            Standing.found(there),
            Set.of());
    if (placement instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(unplaced);
    }
    Placement.Placed placed = (Placement.Placed) placement;
    List<Violation> lacking =
        FoundRoom.lacking(snapshot, placed.parts()).stream()
            .map(why -> Violation.at("adopt_stack_data", why))
            .toList();
    if (!lacking.isEmpty()) {
      throw new FederationFault(FaultCode.QUOTA_EXCEEDED, lacking.get(0).message(), lacking);
    }
    return placed;
  }

  /** What is in no region that the project can reach would be planned elsewhere, as if new. */
  private static void requireKnown(List<PlannedPart> there, FederationSnapshot snapshot) {
    List<Violation> unknown =
        there.stream()
            .map(part -> part.id().place())
            .distinct()
            .sorted()
            .filter(place -> !isKnown(place, snapshot))
            .map(
                place ->
                    Violation.at(
                        "adopt_stack_data",
                        Phrase.of("placement.found-nowhere", place.cloud(), place.region()),
                        Phrase.of("placement.found-nowhere-remedy")))
            .toList();
    if (!unknown.isEmpty()) {
      throw new FederationFault(FaultCode.REQUEST_INVALID, unknown.get(0).message(), unknown);
    }
  }

  private static boolean isKnown(Place place, FederationSnapshot snapshot) {
    return snapshot
        .find(place.cloud())
        .filter(CloudView::accessible)
        .flatMap(CloudView::inventory)
        .filter(
            inventory ->
                inventory.regions().stream()
                    .anyMatch(region -> region.region().equals(place.region())))
        .isPresent();
  }

  /**
   * The same for good, within the caller's transaction, with its addresses.
   *
   * @throws FederationFault as {@link #foreseeAdoption}; BUDGET_EXCEEDED; STALE_PLAN when its
   *     addresses are taken by others
   */
  @Transactional
  public Taken adopt(CreatePlan command, List<PlannedPart> there, Caller caller) {
    tenants.requireMember(caller, command.project());
    Drafts.Draft draft = read(command);
    String policy = policy(command);
    federation.takeTurn(command.project());
    Placement.Placed placed = placeFound(command, draft, policy, there);
    spending
        .refusal(command.project(), placed.parts())
        .ifPresent(
            why -> {
              throw new FederationFault(
                  FaultCode.BUDGET_EXCEEDED, why, List.of(Violation.at("adopt_stack_data", why)));
            });
    Instant now = now();
    Plan plan = plan(command, draft, policy, placed, caller, now);
    store.add(plan, draft.given());
    store.accept(plan.id(), now);
    List<String> gone =
        addresses.reserve(plan.project(), plan.id().value(), placed.wiring().segments());
    if (!gone.isEmpty()) {
      throw stale(List.of(Phrase.of("placement.plan.addresses-taken", String.join(", ", gone))));
    }
    return new Taken(plan, draft.given());
  }

  /**
   * A plan that now is its taker's.
   *
   * @param parameters as given, hidden ones in clear
   */
  public record Taken(Plan plan, JsonObject parameters) {}

  private static void requireOpen(Plan plan, Instant now) {
    if (plan.acceptedAt().isPresent()) {
      throw stale(
          List.of(
              Phrase.of(
                  plan.update().isPresent()
                      ? "placement.plan.update-used"
                      : "placement.plan.used")));
    }
    if (plan.isExpired(now)) {
      throw stale(List.of(Phrase.of("placement.plan.expired")));
    }
  }

  /** The database keeps microseconds; the plan reads back as it was given out. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Plans what would become of a stack that is there, and keeps the plan. What need not change
   * stays as and where it is.
   *
   * @throws PlacementRefused NO_CANDIDATE when something has no place
   * @throws FederationFault as {@link #preview}; TEMPLATE_INVALID also for what no cloud does, such
   *     as a smaller volume; CONFLICT when the stack is at work or deleted
   */
  @Audited(action = "create/update", target = "plan")
  @Transactional
  public Plan previewUpdate(UpdatePlan command, Caller caller) {
    StandingStack stack = stacks.require(command.stack(), caller);
    tenants.requireMember(caller, stack.project());
    String policy = command.policy().orElse(stack.policy());
    Drafts.Draft draft = reread(stack, command);
    FederationSnapshot snapshot = federation.snapshotToPlan(stack.project());
    if (command.policy().isPresent()) {
      PolicyCheck.require(policies.parse(policy), draft.graph(), snapshot);
    }
    UpdatePlanning planning = planning(stack, policy, draft.graph(), snapshot, Leaving.NONE);
    return keep(stack, draft, policy, planning, answer(stack, planning), caller.name());
  }

  /**
   * As {@link #previewUpdate} for who acts in another's name, and has asked whether that one may.
   *
   * @param author in whose name the plan is kept; it is accepted as one of {@link #previewLeaving}
   * @throws PlacementRefused NO_CANDIDATE when something has no place
   * @throws FederationFault as {@link #previewUpdate}, without FORBIDDEN
   */
  @Transactional
  public ForeseenUpdate planUpdate(UpdatePlan command, String author) {
    StandingStack stack = stacks.require(command.stack());
    String policy = command.policy().orElse(stack.policy());
    Drafts.Draft draft = reread(stack, command);
    UpdatePlanning planning =
        planning(
            stack, policy, draft.graph(), federation.snapshotToPlan(stack.project()), Leaving.NONE);
    UpdatePlanning.Answer answer = answer(stack, planning);
    Plan plan = keep(stack, draft, policy, planning, answer, author);
    return ForeseenUpdate.of(Optional.of(plan), answer, planning.before(), draft.graph());
  }

  /**
   * The same without keeping anything.
   *
   * @param foresight what others have taken by the same question, to which this stack's share is
   *     added
   * @throws PlacementRefused NO_CANDIDATE when something has no place
   * @throws FederationFault as {@link #planUpdate}; BUDGET_EXCEEDED
   */
  @Transactional(dontRollbackOn = FederationFault.class)
  public ForeseenUpdate foreseeUpdate(UpdatePlan command, Foresight foresight) {
    StandingStack stack = stacks.require(command.stack());
    Drafts.Draft draft = reread(stack, command);
    FederationSnapshot snapshot =
        foresight.see(stack.project(), () -> federation.snapshotToPlan(stack.project()));
    UpdatePlanning planning =
        planning(
            stack, command.policy().orElse(stack.policy()), draft.graph(), snapshot, Leaving.NONE);
    UpdatePlanning.Answer answer = answer(stack, planning);
    if (answer.placement() instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(unplaced);
    }
    List<PlannedPart> parts = ((Placement.Placed) answer.placement()).parts();
    List<PlannedUpdate.Step> steps = answer.difference().steps();
    UpdateCost.refusal(stack.project(), parts, steps, stack, spending)
        .ifPresent(
            why -> {
              throw new FederationFault(FaultCode.BUDGET_EXCEEDED, why);
            });
    foresight.take(stack.project(), snapshot, parts, steps);
    return ForeseenUpdate.of(Optional.empty(), answer, planning.before(), draft.graph());
  }

  private UpdatePlanning.Answer answer(StandingStack stack, UpdatePlanning planning) {
    return planning.plan(
        (placed, graph) -> stacks.difference(stack, graph, placed.parts()),
        addresses.plan(stack.project()));
  }

  private Plan keep(
      StandingStack stack,
      Drafts.Draft draft,
      String policy,
      UpdatePlanning planning,
      UpdatePlanning.Answer answer,
      String author) {
    if (answer.placement() instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(
          unplaced.with(ImageRemarks.unfinished(draft.graph(), stack.project(), images)));
    }
    Placement.Placed placed =
        ((Placement.Placed) answer.placement())
            .with(NamedKeyPairs.remarks(draft.graph(), draft.template().keyPairs().keySet()))
            .with(StandbyRemarks.of(draft.graph(), policies.parse(policy)))
            .with(
                ImageRemarks.of(
                    ((Placement.Placed) answer.placement()).parts(),
                    draft.graph(),
                    stack.project(),
                    images));
    PlannedUpdate update =
        new PlannedUpdate(
            stack.id(),
            stack.version(),
            stack.digest(),
            store.addressesOf(stack.plan()),
            answer.difference().steps(),
            answer.difference().changes(),
            planning.before(),
            answer.leaving());
    Instant now = now();
    Plan plan =
        new Plan(
            new PlanId(UUID.randomUUID()),
            stack.project(),
            stack.name(),
            draft.template(),
            draft.shown(),
            policy,
            placed,
            PlanFingerprint.of(stack.project(), draft, policy, placed, Optional.of(update)),
            now,
            now.plus(LIFE),
            author,
            Optional.empty(),
            Optional.of(update));
    store.removeUnused(now.minus(KEPT_AFTER));
    store.add(plan, draft.given());
    return plan;
  }

  private Drafts.Draft reread(StandingStack stack, UpdatePlan command) {
    JsonObjectBuilder kept = Json.createObjectBuilder();
    if (command.existing()) {
      stack.parameters().forEach(kept::add);
      command.cleared().forEach(kept::remove);
    }
    TemplateSource source = command.template().orElse(stack.template());
    // What a name of the project meant to the stack it means still, whatever became of it since.
    Map<String, String> named = new TreeMap<>(keys.of(stack.project()));
    named.putAll(stack.template().keyPairs());
    Map<String, KeptImage> pictures = new TreeMap<>(images.of(stack.project()));
    pictures.putAll(stack.template().images());
    // What goes back to a template of before means what that meant.
    named.putAll(source.keyPairs());
    pictures.putAll(source.images());
    return drafts.reread(
        stack,
        source.withKeyPairs(named).withImages(pictures),
        command.environment(),
        kept.build(),
        command.parameters());
  }

  private UpdatePlanning planning(
      StandingStack stack,
      String policy,
      ResourceGraph graph,
      FederationSnapshot snapshot,
      Leaving leaving) {
    return new UpdatePlanning(
        planner,
        stack,
        standing.bind(policies.parse(stack.policy()), stack.project()),
        graph,
        standing.bind(policies.parse(policy), stack.project()),
        snapshot,
        leaving);
  }

  /**
   * Plans how a stack leaves places, template and policy being as they are, and keeps the plan.
   * Asks nobody whether they may: who calls this acts for the federation, or has asked.
   *
   * @param stack its id
   * @param author in whose name the plan is kept
   * @return with the plan unless nothing of it would change; it is accepted by {@link
   *     #acceptLeaving}, or as any other by {@link #acceptUpdate}
   * @throws PlacementRefused NO_CANDIDATE when something is wrong beside the leaving
   * @throws FederationFault NOT_FOUND; CONFLICT when the stack is at work or deleted
   */
  @Transactional
  public LeavingPlan previewLeaving(UUID stack, Leaving leaving, String author) {
    StandingStack stands = stacks.require(stack);
    Drafts.Draft draft = asItIs(stands);
    UpdatePlanning planning =
        planning(
            stands,
            stands.policy(),
            draft.graph(),
            federation.snapshotToPlan(stands.project()),
            leaving);
    UpdatePlanning.Answer answer = answer(stands, planning);
    boolean same = LeavingPlan.changes(answer.difference()).isEmpty();
    if (same && answer.placement() instanceof Placement.Placed) {
      return LeavingPlan.of(Optional.empty(), answer);
    }
    Plan plan = keep(stands, draft, stands.policy(), planning, answer, author);
    return LeavingPlan.of(Optional.of(plan), answer);
  }

  /**
   * The same without keeping anything, for who wants to know what would be. Asks nobody whether
   * they may.
   *
   * @param foresight what others have taken by the same question, to which this stack's share is
   *     added
   * @throws PlacementRefused NO_CANDIDATE when something is wrong beside the leaving
   * @throws FederationFault NOT_FOUND; CONFLICT when the stack is at work or deleted
   */
  @Transactional(dontRollbackOn = FederationFault.class)
  public LeavingPlan foreseeLeaving(UUID stack, Leaving leaving, Foresight foresight) {
    StandingStack stands = stacks.require(stack);
    FederationSnapshot snapshot =
        foresight.see(stands.project(), () -> federation.snapshotToPlan(stands.project()));
    UpdatePlanning.Answer answer =
        answer(
            stands, planning(stands, stands.policy(), asItIs(stands).graph(), snapshot, leaving));
    if (answer.placement() instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(unplaced);
    }
    foresight.take(
        stands.project(),
        snapshot,
        ((Placement.Placed) answer.placement()).parts(),
        answer.difference().steps());
    return LeavingPlan.of(Optional.empty(), answer);
  }

  /**
   * What would become of a stack if a cloud vanished now. Keeps nothing, and asks nobody whether
   * they may.
   *
   * @param foresight what others have taken by the same question, to which this stack's share is
   *     added
   * @throws PlacementRefused NO_CANDIDATE when something is wrong beside the loss
   * @throws FederationFault NOT_FOUND; CONFLICT when the stack is at work or deleted
   */
  @Transactional(dontRollbackOn = FederationFault.class)
  public LossPlan foreseeLoss(UUID stack, CloudId cloud, Foresight foresight) {
    StandingStack stands = stacks.require(stack);
    FederationSnapshot snapshot =
        foresight.see(stands.project(), () -> federation.snapshotToPlan(stands.project()));
    ResourceGraph graph = asItIs(stands).graph();
    PlacementPolicy policy = standing.bind(policies.parse(stands.policy()), stands.project());
    LossPlanning loss =
        new LossPlanning(cloud, stands, graph, UpdatePlanning.failovers(graph, policy));
    UpdatePlanning planning =
        new UpdatePlanning(planner, stands, policy, graph, policy, snapshot, loss.leaving());
    UpdatePlanning.Answer answer = answer(stands, planning);
    if (answer.placement() instanceof Placement.Unplaced unplaced) {
      throw new PlacementRefused(unplaced);
    }
    Placement.Placed placed = (Placement.Placed) answer.placement();
    List<PlannedUpdate.Step> steps = answer.difference().steps();
    Optional<Phrase> tooDear =
        UpdateCost.refusal(stands.project(), placed.parts(), steps, stands, spending);
    if (tooDear.isEmpty()) {
      foresight.take(stands.project(), snapshot, placed.parts(), steps);
    }
    return new LossPlan(
        loss.lost(answer, tooDear),
        tooDear.isEmpty()
            ? CostDifference.between(planning.before(), placed.cost())
            : CostDifference.between(planning.before(), planning.before()));
  }

  private Drafts.Draft asItIs(StandingStack stack) {
    return drafts.reread(
        stack, stack.template(), "", stack.parameters(), JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * Takes a plan of {@link #previewLeaving} for good, within the caller's transaction. Asks nobody
   * whether they may.
   *
   * @param stack the id of the stack that is to leave
   * @throws FederationFault as {@link #acceptUpdate}, without FORBIDDEN
   */
  @Transactional
  public Taken acceptLeaving(PlanId id, UUID stack) {
    Plan plan = store.find(id).orElseThrow(() -> FederationFault.notFound("plan", id.toString()));
    return take(plan, planOf(plan, stack), () -> stacks.require(stack));
  }

  /**
   * Takes the plan of an update for good, with its addresses, within the caller's transaction.
   *
   * @param stack the id of the stack that is to be updated
   * @throws FederationFault NOT_FOUND; STALE_PLAN when it expired, was used, or does not hold any
   *     more, saying what changed; CONFLICT when it is for something else, or the stack is at work;
   *     FORBIDDEN; BUDGET_EXCEEDED
   */
  @Transactional
  public Taken acceptUpdate(PlanId id, UUID stack, Caller caller) {
    Plan plan = require(id, caller);
    tenants.requireMember(caller, plan.project());
    return take(plan, planOf(plan, stack), () -> stacks.require(stack, caller));
  }

  private static PlannedUpdate planOf(Plan plan, UUID stack) {
    return plan.update()
        .filter(planned -> planned.stack().equals(stack))
        .orElseThrow(
            () ->
                new FederationFault(
                    FaultCode.CONFLICT, Phrase.of("placement.plan.of-another", plan.name())));
  }

  private Taken take(Plan plan, PlannedUpdate update, Supplier<StandingStack> stack) {
    PlanId id = plan.id();
    Instant now = now();
    requireOpen(plan, now);
    federation.takeTurn(plan.project());
    StandingStack stands = stack.get();
    if (!stands.digest().equals(update.digest())) {
      throw stale(List.of(Phrase.of("placement.plan.stack-changed", stands.name())));
    }
    JsonObject parameters = store.parameters(plan);
    List<Phrase> changes = new ArrayList<>(ImageRemarks.gone(plan, images));
    changes.addAll(
        planning(
                stands,
                plan.policy(),
                drafts
                    .reread(stands, plan.template(), "", JsonValue.EMPTY_JSON_OBJECT, parameters)
                    .graph(),
                federation.snapshotToPlan(stands.project()),
                update.leaving())
            .changes(plan.placement(), update.anew()));
    if (!changes.isEmpty()) {
      throw stale(changes);
    }
    UpdateCost.refusal(plan, update, stands, spending)
        .ifPresent(
            why -> {
              throw new FederationFault(
                  FaultCode.BUDGET_EXCEEDED, why, List.of(Violation.at("plan", why)));
            });
    if (!store.accept(id, now)) {
      throw stale(List.of(Phrase.of("placement.plan.update-used")));
    }
    List<String> gone =
        addresses.reserveMore(plan.project(), id.value(), plan.placement().wiring().segments());
    if (!gone.isEmpty()) {
      throw stale(List.of(Phrase.of("placement.plan.addresses-taken", String.join(", ", gone))));
    }
    return new Taken(plan, parameters);
  }

  private static FederationFault stale(List<Phrase> changes) {
    Phrase first =
        changes.size() == 1
            ? changes.get(0)
            : Phrase.of(
                "placement.plan.changed",
                changes.stream().map(Phrase::toString).collect(Collectors.joining(" ")));
    return new FederationFault(
        FaultCode.STALE_PLAN,
        first,
        changes.stream()
            .map(change -> Violation.at("plan", change, Phrase.of("placement.plan.again")))
            .toList());
  }
}
