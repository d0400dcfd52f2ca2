package io.isthmus.domain.campaign;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What can be asked of campaigns. Each method is one transaction and calls no cloud; {@link
 * CampaignPass} carries campaigns on.
 *
 * <p>Who may change what is in all projects of a campaign may begin and command it, who may look
 * into all of them sees it; those over all tenants are the federation's administrators', and its
 * auditors see them. To others it does not exist.
 */
@ApplicationScoped
public class CampaignService {

  /** Most campaigns or stacks in one answer. */
  public static final int MOST = 500;

  /** Most stacks of which it is looked whether their name is meant. */
  private static final int MOST_FOUND = 20_000;

  private static final Set<CampaignStack.State> FAILURES =
      Set.of(CampaignStack.State.FAILED, CampaignStack.State.UNHEALTHY);

  private CampaignStore store;
  private TenantService tenants;
  private Clock clock;

  @Inject
  CampaignService(CampaignStore store, TenantService tenants) {
    this(store, tenants, Clock.systemUTC());
  }

  CampaignService(CampaignStore store, TenantService tenants, Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected CampaignService() {}

  /**
   * Keeps a campaign and has it found out what would become of each stack; nothing is done before a
   * person starts it. Which stacks it is about does not change any more.
   *
   * @throws FederationFault NOT_FOUND for a project that is not one of the caller's; FORBIDDEN;
   *     REQUEST_INVALID, also when no stack is meant; TEMPLATE_INVALID
   */
  @Audited(action = "create", target = "campaign")
  @Transactional
  public CampaignView create(CampaignWish wish, Caller caller) {
    requireMember(wish.scope(), caller);
    wish.change().check();
    Instant now = now();
    wish.pace().begins().filter(at -> !at.isAfter(now)).ifPresent(at -> momentPassed(wish.pace()));
    List<CampaignStack> stacks = stacks(wish.scope(), now);
    Campaign campaign =
        new Campaign(
            UUID.randomUUID(),
            wish.name(),
            wish.reason(),
            wish.scope(),
            wish.change(),
            false,
            wish.pace(),
            Campaign.Status.PREVIEWING,
            Optional.empty(),
            -1,
            Optional.empty(),
            0,
            author(caller),
            caller.name(),
            now,
            Optional.empty(),
            Optional.empty());
    store.add(campaign, stacks);
    return new CampaignView(campaign, Map.of(CampaignStack.State.UNSEEN, stacks.size()));
  }

  private static void momentPassed(CampaignPace pace) {
    throw FederationFault.invalid(
        "at",
        Phrase.of("campaign.moment-passed", pace.at().orElseThrow(), pace.zone().orElseThrow()));
  }

  private List<CampaignStack> stacks(CampaignScope scope, Instant now) {
    List<CampaignStack> stacks = new ArrayList<>();
    for (CampaignStore.Found found : store.stacks(scope, MOST_FOUND)) {
      if (scope.names(found.name())) {
        stacks.add(
            CampaignStack.found(found.stack(), found.project(), found.name(), stacks.size(), now));
      }
    }
    if (stacks.isEmpty()) {
      throw FederationFault.invalid(
          "names", Phrase.of("campaign.no-stack"), Phrase.of("campaign.no-stack-remedy"));
    }
    if (stacks.size() > Campaign.MOST_STACKS) {
      throw FederationFault.invalid(
          "names",
          Phrase.of(
              "campaign.too-many-stacks",
              Phrase.number(stacks.size()),
              Phrase.number(Campaign.MOST_STACKS)));
    }
    return stacks;
  }

  private static Campaign.Author author(Caller caller) {
    return new Campaign.Author(caller.subject(), caller.name(), caller.organizations());
  }

  /**
   * Those that the caller sees, the newest first.
   *
   * @param cursor {@link CampaignPage#next} of the page before; empty for the first
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "campaign")
  @Transactional
  public CampaignPage list(
      Optional<Campaign.Status> status, Optional<String> cursor, int limit, Caller caller) {
    requireLimit(limit);
    List<Campaign> found =
        store.list(
            caller.isFederationAuditor(),
            readable(caller),
            status,
            cursor.map(CampaignPage.Position::parse),
            limit + 1);
    List<Campaign> shown = found.subList(0, Math.min(limit, found.size()));
    Map<UUID, Map<CampaignStack.State, Integer>> counts =
        store.counts(shown.stream().map(Campaign::id).toList());
    Optional<String> next = Optional.empty();
    if (found.size() > limit) {
      Campaign last = shown.get(limit - 1);
      next = Optional.of(new CampaignPage.Position(last.createdAt(), last.id()).cursor());
    }
    return new CampaignPage(
        shown.stream()
            .map(one -> new CampaignView(one, counts.getOrDefault(one.id(), Map.of())))
            .toList(),
        next);
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw FederationFault.invalid("limit", Phrase.of("fault.page-limit", limit, MOST));
    }
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "campaign")
  @Transactional
  public CampaignView find(@AuditedId UUID id, Caller caller) {
    return view(require(id, caller));
  }

  private CampaignView view(Campaign campaign) {
    return new CampaignView(
        campaign, store.counts(List.of(campaign.id())).getOrDefault(campaign.id(), Map.of()));
  }

  /**
   * What it makes, or would make, of all its stacks together.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "campaign")
  @Transactional
  public CampaignTotals totals(@AuditedId UUID id, Caller caller) {
    return CampaignTotals.of(report(id, caller));
  }

  /**
   * What would become, becomes and has become of its stacks, wave by wave.
   *
   * @param state only those; empty for all
   * @param cursor {@link CampaignStackPage#next} of the page before; empty for the first
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault NOT_FOUND; REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "campaign-stack")
  @Transactional
  public CampaignStackPage stacks(
      @AuditedId UUID id,
      Optional<CampaignStack.State> state,
      Optional<String> cursor,
      int limit,
      Caller caller) {
    requireLimit(limit);
    require(id, caller);
    List<CampaignStack> found =
        store.stacks(id, state, cursor.map(CampaignStackPage.Position::parse), limit + 1);
    List<CampaignStack> shown = found.subList(0, Math.min(limit, found.size()));
    return new CampaignStackPage(
        shown,
        found.size() > limit
            ? Optional.of(CampaignStackPage.Position.of(shown.get(limit - 1)).cursor())
            : Optional.empty());
  }

  /**
   * All of them.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "campaign-stack")
  @Transactional
  public List<CampaignStack> report(@AuditedId UUID id, Caller caller) {
    require(id, caller);
    return store.stacks(id, Optional.empty(), Optional.empty(), Campaign.MOST_STACKS);
  }

  /** Whether the caller may command a campaign that they see. Changes nothing. */
  @Transactional
  public boolean mayChange(Campaign campaign, Caller caller) {
    return campaign.scope().federation()
        ? caller.isFederationAdmin()
        : projects(caller, Role.MEMBER).containsAll(campaign.scope().projects());
  }

  /** The projects in which the caller may begin a campaign, by name. Changes nothing. */
  @Transactional
  public List<ProjectId> writable(Caller caller) {
    return projects(caller, Role.MEMBER).stream()
        .sorted(Comparator.comparing(ProjectId::toString))
        .toList();
  }

  /**
   * Finds out anew what would become of its stacks, as they are now.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT while it is being previewed, and when it
   *     is started
   */
  @Audited(action = "update/preview", target = "campaign")
  @Transactional
  public CampaignView previewAgain(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(Campaign.Status.READY),
        campaign -> {
          store.forget(id, now());
          return Campaigns.of(campaign)
              .status(Campaign.Status.PREVIEWING)
              .why(Optional.empty())
              .author(author(caller))
              .done();
        },
        caller);
  }

  /**
   * Starts it: at once, or for its moment. From then on it is carried on in the caller's name. Safe
   * to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it is not known yet what would
   *     become of its stacks, when none is concerned, when it has ended, or when its moment has
   *     passed
   */
  @Audited(action = "update/start", target = "campaign")
  @Transactional
  public CampaignView start(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(Campaign.Status.READY, Campaign.Status.SCHEDULED, Campaign.Status.RUNNING),
        campaign -> {
          if (campaign.status() != Campaign.Status.READY) {
            return campaign;
          }
          if (view(campaign).concerned() == 0) {
            throw new FederationFault(FaultCode.CONFLICT, Phrase.of("campaign.nothing-to-do"));
          }
          Optional<Instant> at = campaign.pace().begins();
          if (at.filter(moment -> !moment.isAfter(now())).isPresent()) {
            throw new FederationFault(
                FaultCode.CONFLICT,
                Phrase.of(
                    "campaign.moment-passed",
                    campaign.pace().at().orElseThrow(),
                    campaign.pace().zone().orElseThrow()));
          }
          return Campaigns.of(campaign)
              .status(at.isPresent() ? Campaign.Status.SCHEDULED : Campaign.Status.RUNNING)
              .author(author(caller))
              .done();
        },
        caller);
  }

  /**
   * Begins no further stack. What is under way is finished. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it does not run
   */
  @Audited(action = "update/pause", target = "campaign")
  @Transactional
  public CampaignView pause(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(
            Campaign.Status.SCHEDULED,
            Campaign.Status.RUNNING,
            Campaign.Status.WAITING,
            Campaign.Status.PAUSED),
        campaign ->
            Campaigns.of(campaign)
                .status(Campaign.Status.PAUSED)
                .why(Optional.of(Phrase.of("campaign.paused-by", caller.name())))
                .wave(
                    campaign.status() == Campaign.Status.WAITING
                        ? campaign.wave() + 1
                        : campaign.wave())
                .done(),
        caller);
  }

  /**
   * Goes on, with the next wave when it waited for a person; from then on in the caller's name.
   * What has failed so far does not stop it again. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it is not started or has ended
   */
  @Audited(action = "update/resume", target = "campaign")
  @Transactional
  public CampaignView resume(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(
            Campaign.Status.WAITING,
            Campaign.Status.PAUSED,
            Campaign.Status.HALTED,
            Campaign.Status.SCHEDULED,
            Campaign.Status.RUNNING),
        campaign -> {
          store.retry(id);
          boolean waited = campaign.status() == Campaign.Status.WAITING;
          boolean early =
              !campaign.hasBegun() && campaign.pace().begins().filter(now()::isBefore).isPresent();
          return Campaigns.of(campaign)
              .status(early ? Campaign.Status.SCHEDULED : Campaign.Status.RUNNING)
              .why(Optional.empty())
              .wave(waited ? campaign.wave() + 1 : campaign.wave())
              .forgiven(view(campaign).failures())
              .author(author(caller))
              .done();
        },
        caller);
  }

  /**
   * Ends it: no further stack is begun, for good. What is under way is finished, and what was
   * changed stays so. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it is not started, or through
   */
  @Audited(action = "update/end", target = "campaign")
  @Transactional
  public CampaignView end(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(
            Campaign.Status.SCHEDULED,
            Campaign.Status.RUNNING,
            Campaign.Status.WAITING,
            Campaign.Status.PAUSED,
            Campaign.Status.HALTED,
            Campaign.Status.ENDED),
        campaign ->
            campaign.status() == Campaign.Status.ENDED
                ? campaign
                : Campaigns.of(campaign)
                    .status(Campaign.Status.ENDED)
                    .why(Optional.of(Phrase.of("campaign.ended-by", caller.name())))
                    .rested()
                    .endedAt(now())
                    .done(),
        caller);
  }

  /**
   * Changes back every stack that it changed and that nobody has changed otherwise since, in the
   * caller's name. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when nothing was begun
   */
  @Audited(action = "update/take-back", target = "campaign")
  @Transactional
  public CampaignView takeBack(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(
            Campaign.Status.RUNNING,
            Campaign.Status.WAITING,
            Campaign.Status.PAUSED,
            Campaign.Status.HALTED,
            Campaign.Status.COMPLETE,
            Campaign.Status.ENDED,
            Campaign.Status.TAKING_BACK,
            Campaign.Status.TAKEN_BACK),
        campaign ->
            campaign.status() == Campaign.Status.TAKEN_BACK
                ? campaign
                : Campaigns.of(campaign)
                    .status(Campaign.Status.TAKING_BACK)
                    .why(Optional.of(Phrase.of("campaign.taken-back-by", caller.name())))
                    .rested()
                    .author(author(caller))
                    .done(),
        caller);
  }

  /**
   * Changes back the stacks that have failed or have become unhealthy, in the caller's name; all
   * others stay as they are, and the campaign where it stands.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT while it runs, and when nothing was
   *     begun
   */
  @Audited(action = "update/rollback", target = "campaign")
  @Transactional
  public CampaignView rollBackFailed(@AuditedId UUID id, Caller caller) {
    return change(
        id,
        Set.of(
            Campaign.Status.WAITING,
            Campaign.Status.PAUSED,
            Campaign.Status.HALTED,
            Campaign.Status.COMPLETE,
            Campaign.Status.ENDED),
        campaign -> {
          store.sendBack(id, FAILURES, now());
          return Campaigns.of(campaign).author(author(caller)).done();
        },
        caller);
  }

  /**
   * Removes one that was not started.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it was, since its report is kept
   */
  @Audited(action = "delete", target = "campaign")
  @Transactional
  public void remove(@AuditedId UUID id, Caller caller) {
    Campaign campaign = locked(id, caller);
    if (!campaign.status().isDraft()) {
      throw notNow(campaign);
    }
    store.remove(id);
  }

  private CampaignView change(
      UUID id, Set<Campaign.Status> from, UnaryOperator<Campaign> how, Caller caller) {
    Campaign campaign = locked(id, caller);
    if (!from.contains(campaign.status())) {
      throw notNow(campaign);
    }
    Campaign changed = how.apply(campaign);
    store.change(changed, now());
    return view(changed);
  }

  private static FederationFault notNow(Campaign campaign) {
    return new FederationFault(
        FaultCode.CONFLICT,
        Phrase.of(
            "campaign.not-now",
            campaign.name(),
            Phrase.of("campaign.status." + campaign.status().key())));
  }

  private Campaign locked(UUID id, Caller caller) {
    requireMember(require(id, caller).scope(), caller);
    return store.lock(id).orElseThrow(() -> notFound(id));
  }

  private Campaign require(UUID id, Caller caller) {
    Campaign campaign =
        store.find(id).filter(one -> isSeen(one, caller)).orElseThrow(() -> notFound(id));
    // Its people are told of it, where whoever asks is one of them.
    campaign.scope().projects().stream()
        .findFirst()
        .ifPresent(project -> tenants.requireReader(caller, project));
    return campaign;
  }

  private static FederationFault notFound(UUID id) {
    return FederationFault.notFound("campaign", id.toString());
  }

  private boolean isSeen(Campaign campaign, Caller caller) {
    return campaign.scope().federation()
        ? caller.isFederationAuditor()
        : readable(caller).containsAll(campaign.scope().projects());
  }

  private Set<ProjectId> readable(Caller caller) {
    return projects(caller, Role.READER);
  }

  private Set<ProjectId> projects(Caller caller, Role role) {
    return tenants.projects(caller).stream()
        .filter(held -> held.allow(role))
        .map(ProjectRoles::project)
        .collect(Collectors.toSet());
  }

  private void requireMember(CampaignScope scope, Caller caller) {
    if (scope.federation()) {
      caller.requireFederationAdmin();
    }
    scope.projects().forEach(project -> tenants.requireMember(caller, project));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
