package io.isthmus.domain.placement;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.image.KnownImages;
import io.isthmus.domain.keypair.KnownKeys;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressBook;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
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
      KnownImages images) {
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
    return spending.refusal(plan.project(), plan.placement().parts());
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
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Plan plan =
        new Plan(
            new PlanId(UUID.randomUUID()),
            command.project(),
            command.name(),
            draft.template(),
            draft.shown(),
            policy,
            placed,
            fingerprint(command.project(), draft, policy, placed),
            now,
            now.plus(LIFE),
            caller.name(),
            Optional.empty());
    store.removeUnused(now.minus(KEPT_AFTER));
    store.add(plan, draft.given());
    return plan;
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
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (plan.acceptedAt().isPresent()) {
      throw stale(List.of(Phrase.of("placement.plan.used")));
    }
    if (plan.isExpired(now)) {
      throw stale(List.of(Phrase.of("placement.plan.expired")));
    }
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
   * A plan that now is its taker's.
   *
   * @param parameters as given, hidden ones in clear
   */
  public record Taken(Plan plan, JsonObject parameters) {}

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

  private static String fingerprint(
      ProjectId project, Drafts.Draft draft, String policy, Placement.Placed placed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, project.toString());
      add(digest, draft.template().text());
      new TreeMap<>(draft.template().files())
          .forEach(
              (name, text) -> {
                add(digest, name);
                add(digest, text);
              });
      new TreeMap<>(draft.template().registry())
          .forEach(
              (name, target) -> {
                add(digest, name);
                add(digest, target);
              });
      // As before for what names none.
      draft
          .template()
          .keyPairs()
          .forEach(
              (name, key) -> {
                add(digest, name);
                add(digest, key);
              });
      draft
          .template()
          .images()
          .forEach(
              (name, image) -> {
                add(digest, name);
                add(digest, image.toJson().toString());
              });
      add(digest, draft.given().toString());
      add(digest, policy);
      add(digest, PlacementJson.write(placed).toString());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
