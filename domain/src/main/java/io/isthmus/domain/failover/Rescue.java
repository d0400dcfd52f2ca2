package io.isthmus.domain.failover;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditLog;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeStore;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Leaving;
import io.isthmus.domain.placement.LeavingPlan;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.placement.PlanStore;
import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.domain.probe.Witnesses;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackWanted;
import io.isthmus.domain.trace.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is seen of one stack in a lost cloud, and what is done for it. No cloud is called: the
 * engine carries out what is accepted here.
 */
@ApplicationScoped
public class Rescue {

  private static final String SERVER = "OS::Nova::Server";

  /** Who acts where no person has said so. */
  static final String NOBODY = "Isthmus";

  private PlanService plans;
  private PlanStore kept;
  private StackService service;
  private StackStore stacks;
  private Witnesses witnesses;
  private FailoverStore failovers;
  private Consumer<AuditRecord> audit;
  private Consumer<StackId> wanted;
  private Bell bell;

  /** Tells a project's people. */
  interface Bell {
    void ring(ProjectId project, CloudId cloud, Notice.Kind kind, Phrase phrase, Instant at);
  }

  @Inject
  Rescue(
      PlanService plans,
      PlanStore kept,
      StackService service,
      StackStore stacks,
      Witnesses witnesses,
      FailoverStore failovers,
      AuditLog audit,
      Event<StackWanted> wanted,
      NoticeStore notices) {
    this.plans = plans;
    this.kept = kept;
    this.service = service;
    this.stacks = stacks;
    this.witnesses = witnesses;
    this.failovers = failovers;
    this.audit = audit::add;
    this.wanted = stack -> wanted.fire(new StackWanted(stack));
    this.bell = notices::add;
  }

  /** For the container's proxies. */
  protected Rescue() {}

  /** What plans, and what witnesses there are, its heirs say. */
  Rescue(
      PlanStore kept,
      StackStore stacks,
      FailoverStore failovers,
      Consumer<AuditRecord> audit,
      Consumer<StackId> wanted,
      Bell bell) {
    this.kept = kept;
    this.stacks = stacks;
    this.failovers = failovers;
    this.audit = audit;
    this.wanted = wanted;
    this.bell = bell;
  }

  Optional<CloudLoss> loss(Stack stack, CloudId cloud, Instant now) {
    return witnesses.of(stack.id(), stack.project(), cloud, now);
  }

  /** As {@link StackService#failOver}. */
  void accept(StackId stack, PlanId plan, Phrase happened) {
    service.failOver(stack, plan, happened);
  }

  /**
   * A stack's parts in a cloud.
   *
   * @param loss empty when the cloud answers
   * @param standby servers there that are made anew elsewhere when it is lost, by path
   * @param staying paths of other servers there
   * @param replaced what was replaced there already
   */
  record Scene(
      Optional<CloudLoss> loss,
      Map<String, Failover> standby,
      List<String> staying,
      List<StackPart> replaced) {}

  Optional<Stack> find(StackId stack) {
    return stacks.find(stack);
  }

  Scene look(Stack stack, CloudId cloud, Instant now) {
    return scene(stack, cloud, stacks.parts(stack.id()), loss(stack, cloud, now));
  }

  private Scene scene(Stack stack, CloudId cloud, List<StackPart> parts, Optional<CloudLoss> loss) {
    Map<String, Failover> said = kept.find(stack.plan()).map(Plan::failovers).orElse(Map.of());
    Map<String, Failover> standby = new TreeMap<>();
    List<StackPart> there = parts.stream().filter(part -> part.id().cloud().equals(cloud)).toList();
    List<String> staying =
        there.stream()
            .filter(part -> part.goal() == StackPart.Goal.PRESENT && part.type().equals(SERVER))
            .map(part -> part.id().resource())
            .sorted()
            .filter(
                path -> {
                  Failover one = said.get(path);
                  boolean moves = one != null && one.mode() == Failover.Mode.STANDBY;
                  if (moves) {
                    standby.put(path, one);
                  }
                  return !moves;
                })
            .toList();
    return new Scene(loss, standby, staying, there.stream().filter(StackPart::isReplaced).toList());
  }

  /** As {@link PlanService#previewLeaving}. */
  LeavingPlan plan(StackId stack, Leaving leaving, String author) {
    return plans.previewLeaving(stack.value(), leaving, author);
  }

  /**
   * Begins to make anew by a plan, records whose act it is, and writes it; all of it or nothing.
   *
   * @throws FailoverStore.TurnLost when another has the turn
   * @throws io.isthmus.domain.fault.FederationFault as {@link StackService#failOver}
   */
  @Transactional
  public void begin(FailoverStore.Turn turn, Stack stack, LostCloud moving, Instant due) {
    RequestId request = RequestId.fresh();
    try (RequestId.Scope scope = request.serve()) {
      accept(stack.id(), moving.plan().orElseThrow(), moving.why().orElseThrow());
    }
    audit.accept(
        new AuditRecord(
            UUID.randomUUID(),
            moving.changedAt(),
            Face.ENGINE,
            moving
                .decided()
                .map(decision -> new AuditRecord.Actor(decision.subject(), decision.by())),
            Optional.of(stack.project()),
            "update/failover",
            new AuditRecord.Target("stack", stack.id().toString()),
            Optional.of(new AuditRecord.Where(moving.cloud().text(), Optional.empty())),
            AuditRecord.Outcome.SUCCESS,
            Optional.empty(),
            request));
    failovers.release(turn, moving, due);
    ring(stack, moving);
  }

  /**
   * Writes how far it is, and what of it is new into the stack's story; all of it or nothing.
   *
   * @throws FailoverStore.TurnLost when another has the turn
   */
  @Transactional
  public void note(FailoverStore.Turn turn, LostCloud next, Instant due, Stack stack) {
    boolean told = turn.row().why().equals(next.why());
    if (!told && next.why().isPresent()) {
      tell(stack, next.why().get(), next.changedAt());
    }
    if (next.state() == LostCloud.State.BACK) {
      failovers.endDecision(turn);
    }
    failovers.release(turn, next, due);
    if (!told && next.state() != turn.row().state() && isNews(next.state())) {
      ring(stack, next);
    }
    if (next.state() == LostCloud.State.BACK && turn.row().state() != LostCloud.State.BACK) {
      wake(stack.id(), next.changedAt());
    }
  }

  /**
   * By the policy's rule, what was replaced is removed from now on; into the story, too.
   *
   * @throws FailoverStore.TurnLost when another has the turn
   */
  @Transactional
  public void remove(FailoverStore.Turn turn, LostCloud next, Instant due, Stack stack) {
    failovers.removeByRule(turn, next.changedAt());
    tell(stack, next.why().orElseThrow(), next.changedAt());
    failovers.release(turn, next, due);
    wake(stack.id(), next.changedAt());
  }

  /** It is over; the story's last word of it. */
  @Transactional
  public void end(FailoverStore.Turn turn, Optional<Phrase> word, Stack stack, Instant now) {
    word.ifPresent(phrase -> tell(stack, phrase, now));
    failovers.forget(turn);
  }

  /** What people should know who do not look at the stack: what is done, or waits for them. */
  private static boolean isNews(LostCloud.State state) {
    return switch (state) {
      case ASKING, MOVED, HELD, FAILED, BACK -> true;
      case WATCHING, AT_WORK, MOVING -> false;
    };
  }

  private void ring(Stack stack, LostCloud lost) {
    bell.ring(
        stack.project(),
        lost.cloud(),
        lost.state() == LostCloud.State.BACK ? Notice.Kind.CLOUD_BACK : Notice.Kind.CLOUD_DARK,
        Phrase.of("notice.lost-cloud", stack.name(), lost.why().orElseThrow()),
        lost.changedAt());
  }

  private void tell(Stack stack, Phrase phrase, Instant now) {
    stacks.tell(stack.id(), List.of(Happening.of(stack.status(), phrase)), now);
  }

  void wake(StackId stack, Instant now) {
    failovers.wake(stack, now);
    wanted.accept(stack);
  }
}
