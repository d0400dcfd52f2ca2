package io.isthmus.domain.campaign;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeStore;
import io.isthmus.domain.notice.NoticeSubject;
import io.isthmus.domain.placement.ForeseenUpdate;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.UpdatePlan;
import io.isthmus.domain.stack.Blueprints;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a campaign does to one stack at a time, in its author's name. No cloud is called: the engine
 * carries out what is accepted here.
 */
@ApplicationScoped
public class CampaignUpdates {

  private static final Set<Campaign.Status> NEED_A_PERSON =
      Set.of(Campaign.Status.HALTED, Campaign.Status.WAITING);

  private PlanService plans;
  private StackService stacks;
  private StackStore store;
  private Supplier<Blueprints> blueprints;
  private CampaignStore campaigns;
  private TenantService tenants;
  private NoticeStore notices;
  private Consumer<AuditRecord> audit;

  @Inject
  CampaignUpdates(
      PlanService plans,
      StackService stacks,
      StackStore store,
      Instance<Blueprints> blueprints,
      CampaignStore campaigns,
      TenantService tenants,
      NoticeStore notices,
      AuditLog audit) {
    this.plans = plans;
    this.stacks = stacks;
    this.store = store;
    this.blueprints = blueprints::get;
    this.campaigns = campaigns;
    this.tenants = tenants;
    this.notices = notices;
    this.audit = audit::add;
  }

  /** For the container's proxies. */
  protected CampaignUpdates() {}

  Optional<Stack> find(StackId stack) {
    return store.find(stack);
  }

  /**
   * Whether a campaign's author may change what is in a project. Who began one over all tenants
   * administered the federation when they last had it go on.
   */
  boolean mayChange(Campaign campaign, ProjectId project) {
    Campaign.Author author = campaign.author();
    return campaign.scope().federation()
        || tenants.isMember(
            new Caller(author.subject(), author.name(), author.organizations(), Set.of()), project);
  }

  /** What was previewed of a stack, as long as this is the same. */
  String digest(Stack stack) {
    return CampaignChange.digest(
        String.join(
            "\n",
            stack.template().text(),
            new TreeMap<>(stack.template().files()).toString(),
            new TreeMap<>(stack.template().registry()).toString(),
            stack.policy()));
  }

  /**
   * What the campaign would make of a stack.
   *
   * @return empty when it is not concerned
   * @throws FederationFault as {@link PlanService#foreseeUpdate}; TEMPLATE_INVALID when the change
   *     cannot be written into its template
   */
  Optional<ForeseenUpdate> foresee(Campaign campaign, Stack stack, Foresight foresight) {
    return made(campaign, stack, update -> plans.foreseeUpdate(update, foresight));
  }

  /** The same, with a kept plan; as {@link PlanService#planUpdate}. */
  Optional<ForeseenUpdate> plan(Campaign campaign, Stack stack) {
    return made(campaign, stack, update -> plans.planUpdate(update, campaign.author().name()));
  }

  private Optional<ForeseenUpdate> made(
      Campaign campaign, Stack stack, Function<UpdatePlan, ForeseenUpdate> planning) {
    CampaignChange change = campaign.change();
    Optional<CampaignChange.Changed> changed = change.apply(stack.template(), stack.parameters());
    if (changed.isEmpty()) {
      if (change.isLeftIn(blueprints.get().graph(stack))) {
        throw computed(stack);
      }
      return Optional.empty();
    }
    ForeseenUpdate foreseen =
        planning.apply(
            new UpdatePlan(
                stack.id().value(),
                Optional.of(changed.get().template()),
                "",
                changed.get().parameters(),
                true,
                List.of(),
                Optional.empty()));
    if (change.isLeftIn(foreseen.graph())) {
      throw computed(stack);
    }
    return Optional.of(foreseen);
  }

  private static FederationFault computed(Stack stack) {
    return new FederationFault(
        FaultCode.TEMPLATE_INVALID, Phrase.of("campaign.computed", stack.name()));
  }

  /**
   * Begins to change a stack by a plan, records whose act it is, and writes that it is changed; all
   * of it or nothing.
   *
   * @param seen the stack as it was when it was planned
   * @param until how long the turn is held
   * @return the stack as it was written; empty when a person has wished for something else
   *     meanwhile, and nothing was done
   * @throws CampaignStore.TurnLost when another carries the campaign on
   * @throws FederationFault as {@link StackService#carryOut}
   */
  @Transactional
  public Optional<CampaignStack> begin(
      CampaignStore.Turn turn,
      CampaignStack stack,
      Stack seen,
      PlanId plan,
      Instant now,
      Instant until) {
    Campaign campaign = turn.campaign();
    if (!campaigns.goOn(turn, until)) {
      return Optional.empty();
    }
    act(
        campaign,
        stack,
        now,
        () ->
            stacks.carryOut(
                stack.stack(),
                plan,
                campaign.pace().keepsFailed(),
                told("campaign.stack-changes", campaign, stack)));
    boolean healthy =
        seen.health().state() == StackHealth.State.HEALTHY
            || seen.health().state() == StackHealth.State.UNKNOWN;
    CampaignStack begun = stack.begun(seen.plan(), plan, healthy, now);
    campaigns.write(turn, begun);
    return Optional.of(begun);
  }

  /**
   * What would make a stack again what it was before the campaign, with a kept plan.
   *
   * @throws FederationFault as {@link PlanService#planUpdate}; CONFLICT when what it was is not
   *     kept any more
   */
  PlanId planBack(Campaign campaign, CampaignStack row, Stack stack) {
    StackRevision was =
        store.earlier(stack.id()).stream()
            .filter(revision -> row.before().filter(revision.plan()::equals).isPresent())
            .findFirst()
            .orElseThrow(
                () ->
                    new FederationFault(
                        FaultCode.CONFLICT, Phrase.of("campaign.no-way-back", stack.name())));
    return plans
        .planUpdate(
            new UpdatePlan(
                stack.id().value(),
                Optional.of(was.template()),
                "",
                was.parameters(),
                false,
                List.of(),
                Optional.of(was.policy())),
            campaign.author().name())
        .plan()
        .orElseThrow()
        .id();
  }

  /**
   * Begins to change a stack back; as {@link #begin}.
   *
   * @param plan of {@link #planBack}; empty for one of which the update has failed, which goes back
   *     by itself
   */
  @Transactional
  public Optional<CampaignStack> beginBack(
      CampaignStore.Turn turn,
      CampaignStack stack,
      Optional<PlanId> plan,
      Instant now,
      Instant until) {
    Campaign campaign = turn.campaign();
    if (!campaigns.goOn(turn, until)) {
      return Optional.empty();
    }
    Phrase happened = told("campaign.stack-back", campaign, stack);
    act(
        campaign,
        stack,
        now,
        () ->
            plan.ifPresentOrElse(
                by -> stacks.carryOut(stack.stack(), by, false, happened),
                () -> stacks.goBack(stack.stack(), happened)));
    CampaignStack begun = stack.goingBack(plan.or(stack::before).orElseThrow(), now);
    campaigns.write(turn, begun);
    return Optional.of(begun);
  }

  /**
   * Gives the turn back, as {@link CampaignStore#release}, and tells its people when from now on it
   * needs one of them.
   */
  @Transactional
  public void release(CampaignStore.Turn turn, Campaign now, Optional<Instant> next, Instant at) {
    if (campaigns.release(turn, now, next, at)
        && now.status() != turn.campaign().status()
        && NEED_A_PERSON.contains(now.status())) {
      tell(now, at);
    }
  }

  private void tell(Campaign campaign, Instant at) {
    Phrase words =
        Phrase.of(
            "notice.campaign-waits",
            campaign.name(),
            campaign.why().orElseGet(() -> Phrase.verbatim("")));
    NoticeSubject about = new NoticeSubject.OfCampaign(campaign.id());
    if (campaign.scope().federation()) {
      campaigns
          .anyProject(campaign.id())
          .ifPresent(
              project ->
                  notices.tell(
                      Audience.FEDERATION,
                      new Notice(Notice.Kind.CAMPAIGN_WAITS, at, project, about, words)));
    }
    for (ProjectId project : campaign.scope().projects()) {
      notices.tell(
          Audience.of(project), new Notice(Notice.Kind.CAMPAIGN_WAITS, at, project, about, words));
    }
  }

  private static Phrase told(String key, Campaign campaign, CampaignStack stack) {
    return Phrase.of(
        key, stack.name(), campaign.name(), campaign.author().name(), campaign.reason());
  }

  private void act(Campaign campaign, CampaignStack stack, Instant now, Runnable what) {
    RequestId request = RequestId.fresh();
    try (RequestId.Scope scope = request.serve()) {
      what.run();
    }
    audit.accept(
        new AuditRecord(
            UUID.randomUUID(),
            now,
            Face.ENGINE,
            Optional.of(
                new AuditRecord.Actor(campaign.author().subject(), campaign.author().name())),
            Optional.of(stack.project()),
            "update/campaign",
            new AuditRecord.Target("stack", stack.stack().toString()),
            Optional.empty(),
            AuditRecord.Outcome.SUCCESS,
            Optional.empty(),
            request));
  }
}
