package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.ForeseenUpdate;
import io.isthmus.domain.placement.Foresight;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One turn of one campaign: finds out what would become of its stacks, follows those that are being
 * changed, and begins the next ones, as many at once as may be.
 */
final class CampaignStep {

  /** How soon what is under way is looked at again. */
  static final Duration SOON = Duration.ofSeconds(3);

  /** How soon a stack to which something else is done. */
  static final Duration AT_WORK = Duration.ofSeconds(15);

  /** How long that is waited for when a stack is to be changed. */
  static final Duration MOST_OF_WAIT = Duration.ofMinutes(30);

  /** The same when it is only previewed. */
  static final Duration MOST_OF_PREVIEW_WAIT = Duration.ofMinutes(2);

  /** How long a changed stack may be other than healthy, whatever a campaign's watch is. */
  static final Duration MOST_OF_RECOVERY = Duration.ofMinutes(5);

  /** Longest that one turn plans; planning a large stack takes seconds. */
  private static final Duration MOST_OF_TURN = Duration.ofSeconds(30);

  private static final int MOST_NAMED = 5;

  private static final Set<CampaignStack.State> CHANGED =
      Set.of(
          CampaignStack.State.WATCHED,
          CampaignStack.State.DONE,
          CampaignStack.State.UNHEALTHY,
          CampaignStack.State.FAILED);

  private final CampaignStore.Turn turn;
  private final CampaignStore store;
  private final CampaignUpdates updates;
  private final Supplier<Instant> clock;
  private final Map<StackId, CampaignStack> rows = new LinkedHashMap<>();
  private final Instant end;
  private Campaign campaign;

  CampaignStep(
      CampaignStore.Turn turn,
      CampaignStore store,
      CampaignUpdates updates,
      Supplier<Instant> clock) {
    this.turn = turn;
    this.store = store;
    this.updates = updates;
    this.clock = clock;
    this.campaign = turn.campaign();
    this.end = clock.get().plus(MOST_OF_TURN);
  }

  /**
   * What came of it.
   *
   * @param next when it is looked at again; empty when nothing is left to do
   */
  record Result(Campaign campaign, Optional<Instant> next) {}

  Result run() {
    store.stacks(campaign.id()).forEach(row -> rows.put(row.stack(), row));
    rows.values().stream().filter(row -> row.state().isUnderWay()).toList().forEach(this::follow);
    return switch (campaign.status()) {
      case PREVIEWING -> preview();
      case SCHEDULED -> scheduled();
      case RUNNING -> advance();
      case TAKING_BACK -> takeBack();
      case READY, WAITING, PAUSED, HALTED, COMPLETE, ENDED, TAKEN_BACK -> {
        goBack();
        yield rest();
      }
    };
  }

  private Instant now() {
    return clock.get();
  }

  private void note(CampaignStack row) {
    if (!row.equals(rows.put(row.stack(), row))) {
      store.write(turn, row);
    }
  }

  /** Nothing is begun; what is under way is followed. */
  private Result rest() {
    boolean any =
        rows.values().stream()
            .anyMatch(
                row -> row.state().isUnderWay() || row.state() == CampaignStack.State.GOES_BACK);
    return new Result(campaign, any ? Optional.of(now().plus(SOON)) : Optional.empty());
  }

  private Result preview() {
    Foresight foresight = new Foresight();
    boolean secret = campaign.secret();
    for (CampaignStack row : List.copyOf(rows.values())) {
      if (row.state() == CampaignStack.State.UNSEEN && row.isDue(now())) {
        if (now().isAfter(end) || !store.goOn(turn, now().plus(CampaignPass.LEASE))) {
          break;
        }
        Optional<Stack> stack = updates.find(row.stack());
        secret =
            secret || stack.filter(one -> campaign.change().isHiddenBy(one.template())).isPresent();
        note(previewed(row, stack, foresight));
      }
    }
    Campaign seen = Campaigns.of(campaign).secret(secret).done();
    if (rows.values().stream().anyMatch(row -> row.state() == CampaignStack.State.UNSEEN)) {
      return new Result(seen, Optional.of(now().plus(SOON)));
    }
    List<CampaignStack> concerned =
        rows.values().stream().filter(row -> row.state().isToBegin()).toList();
    Waves.of(concerned, campaign.pace()).forEach(this::note);
    return new Result(
        Campaigns.of(seen).status(Campaign.Status.READY).why(strangers(concerned)).done(),
        Optional.empty());
  }

  /** Canaries that were named and are none of those that are changed. */
  private Optional<Phrase> strangers(List<CampaignStack> concerned) {
    Set<String> names = concerned.stream().map(CampaignStack::name).collect(Collectors.toSet());
    List<String> strange =
        campaign.pace().canaryNames().stream().filter(name -> !names.contains(name)).toList();
    return strange.isEmpty()
        ? Optional.empty()
        : Optional.of(Phrase.of("campaign.strange-canaries", Phrase.names(strange, MOST_NAMED)));
  }

  private CampaignStack previewed(CampaignStack row, Optional<Stack> stack, Foresight foresight) {
    Instant now = now();
    if (stack.filter(one -> !one.isLeaving()).isEmpty()) {
      return row.is(CampaignStack.State.GONE, Optional.empty(), now);
    }
    if (!updates.mayChange(campaign, row.project())) {
      return row.is(CampaignStack.State.REFUSED, Optional.of(mayNot(row)), now);
    }
    try {
      return updates
          .foresee(campaign, stack.get(), foresight)
          .map(foreseen -> row.seen(updates.digest(stack.get()), StackPreview.of(foreseen), now))
          .orElseGet(() -> row.is(CampaignStack.State.UNCONCERNED, Optional.empty(), now));
    } catch (FederationFault fault) {
      return switch (fault.code()) {
        case NOT_FOUND -> row.is(CampaignStack.State.GONE, Optional.empty(), now);
        case CONFLICT ->
            row.why().isEmpty() || now.isBefore(row.changedAt().plus(MOST_OF_PREVIEW_WAIT))
                ? row.waits(
                    CampaignStack.State.UNSEEN, Optional.of(fault.phrase()), now.plus(AT_WORK), now)
                : row.is(CampaignStack.State.REFUSED, Optional.of(fault.phrase()), now);
        default -> row.is(CampaignStack.State.REFUSED, Optional.of(fault.phrase()), now);
      };
    }
  }

  private Phrase mayNot(CampaignStack row) {
    return Phrase.of("campaign.author-may-not", campaign.author().name(), row.project());
  }

  private Result scheduled() {
    Optional<Instant> begins = campaign.pace().begins().filter(now()::isBefore);
    if (begins.isPresent()) {
      return new Result(campaign, begins);
    }
    campaign = Campaigns.of(campaign).status(Campaign.Status.RUNNING).done();
    // What is begun is begun under the status that a person may change: the next turn does.
    return new Result(campaign, Optional.of(now()));
  }

  private Result advance() {
    goBack();
    if (!campaign.hasBegun()) {
      campaign = Campaigns.of(campaign).wave(0).startedAt(now()).done();
    }
    while (campaign.status() == Campaign.Status.RUNNING) {
      Optional<Phrase> stop = stop();
      if (stop.isPresent()) {
        campaign = Campaigns.of(campaign).status(Campaign.Status.HALTED).why(stop).done();
        break;
      }
      if (campaign.restsUntil().filter(now()::isBefore).isPresent()) {
        break;
      }
      if (campaign.restsUntil().isPresent()) {
        campaign = Campaigns.of(campaign).wave(campaign.wave() + 1).rested().done();
      }
      if (!begin()) {
        break;
      }
      if (stop().isEmpty()) {
        if (!isThrough()) {
          break;
        }
        campaign = next();
        if (campaign.restsUntil().isPresent()) {
          break;
        }
      }
    }
    if (campaign.status() != Campaign.Status.RUNNING) {
      return rest();
    }
    boolean resting = campaign.restsUntil().isPresent() && isThrough();
    return new Result(campaign, resting ? campaign.restsUntil() : Optional.of(now().plus(SOON)));
  }

  /** Why it stops by itself, if it does. */
  private Optional<Phrase> stop() {
    int failures = (int) rows.values().stream().filter(row -> row.state().isFailure()).count();
    int concerned = (int) rows.values().stream().filter(row -> row.state().isConcerned()).count();
    int most = campaign.pace().tolerates(concerned);
    return failures - campaign.forgiven() > most
        ? Optional.of(
            Phrase.of(
                "campaign.stopped-by-rule",
                Phrase.number(failures),
                campaign.pace().stopAfter().toString()))
        : Optional.empty();
  }

  private boolean isThrough() {
    return rows.values().stream()
        .filter(row -> row.wave() <= campaign.wave())
        .noneMatch(row -> row.state().isUnderWay() || row.state().isToBegin());
  }

  /** When a wave is through. */
  private Campaign next() {
    int last = rows.values().stream().mapToInt(CampaignStack::wave).max().orElse(0);
    if (campaign.wave() >= last) {
      return Campaigns.of(campaign)
          .status(Campaign.Status.COMPLETE)
          .why(Optional.empty())
          .endedAt(now())
          .done();
    }
    if (campaign.pace().asks()) {
      return Campaigns.of(campaign)
          .status(Campaign.Status.WAITING)
          .why(Optional.of(Phrase.of("campaign.wave-through", campaign.wave() + 1, last + 1)))
          .done();
    }
    return campaign.pace().rest().isZero()
        ? Campaigns.of(campaign).wave(campaign.wave() + 1).done()
        : Campaigns.of(campaign).restsUntil(now().plus(campaign.pace().rest())).done();
  }

  private long atWork() {
    return rows.values().stream()
        .filter(
            row ->
                row.state() == CampaignStack.State.UPDATING
                    || row.state() == CampaignStack.State.GOING_BACK)
        .count();
  }

  /**
   * Begins the next stacks, as long as fewer are changed than may be at once and the stop rule has
   * nothing against it.
   *
   * @return false when a person has wished for something else, or the author may not go on
   */
  private boolean begin() {
    for (CampaignStack row : List.copyOf(rows.values())) {
      if (row.wave() > campaign.wave() || !row.state().isToBegin() || !row.isDue(now())) {
        continue;
      }
      if (atWork() >= campaign.pace().atOnce() || now().isAfter(end) || stop().isPresent()) {
        return true;
      }
      if (!updates.mayChange(campaign, row.project())) {
        campaign =
            Campaigns.of(campaign)
                .status(Campaign.Status.HALTED)
                .why(Optional.of(mayNot(row)))
                .done();
        return false;
      }
      if (!store.goOn(turn, now().plus(CampaignPass.LEASE)) || !begin(row)) {
        return false;
      }
    }
    return true;
  }

  private boolean begin(CampaignStack row) {
    Optional<Stack> found = updates.find(row.stack()).filter(stack -> !stack.isLeaving());
    if (found.isEmpty()) {
      note(row.ended(CampaignStack.State.GONE, Optional.empty(), now()));
      return true;
    }
    Stack stack = found.get();
    try {
      stack.requireRest();
      if (row.digest().filter(updates.digest(stack)::equals).isEmpty()) {
        note(skipped(row, "campaign.changed-since"));
        return true;
      }
      Optional<ForeseenUpdate> foreseen = updates.plan(campaign, stack);
      if (foreseen.isEmpty()) {
        note(skipped(row, "campaign.already"));
        return true;
      }
      if (row.shape().filter(StackPreview.of(foreseen.get()).shape()::equals).isEmpty()) {
        note(skipped(row, "campaign.otherwise"));
        return true;
      }
      PlanId plan = foreseen.get().plan().orElseThrow().id();
      Instant now = now();
      return isBegun(updates.begin(turn, row, stack, plan, now, now.plus(CampaignPass.LEASE)));
    } catch (FederationFault fault) {
      note(refused(row, fault));
    }
    return true;
  }

  /** Knows what was written with the act itself. */
  private boolean isBegun(Optional<CampaignStack> written) {
    written.ifPresent(row -> rows.put(row.stack(), row));
    return written.isPresent();
  }

  private CampaignStack skipped(CampaignStack row, String why) {
    return row.ended(CampaignStack.State.SKIPPED, Optional.of(Phrase.of(why, row.name())), now());
  }

  private CampaignStack refused(CampaignStack row, FederationFault fault) {
    Instant now = now();
    return switch (fault.code()) {
      case NOT_FOUND -> row.ended(CampaignStack.State.GONE, Optional.empty(), now);
      case CONFLICT, STALE_PLAN -> waited(row, fault.phrase(), now);
      default -> row.ended(CampaignStack.State.FAILED, Optional.of(fault.phrase()), now);
    };
  }

  private static CampaignStack waited(CampaignStack row, Phrase why, Instant now) {
    boolean longAgo =
        row.state() == CampaignStack.State.AT_WORK
            && !now.isBefore(row.changedAt().plus(MOST_OF_WAIT));
    return longAgo
        ? row.ended(
            CampaignStack.State.SKIPPED,
            Optional.of(Phrase.of("campaign.waited", MOST_OF_WAIT.toMinutes(), why)),
            now)
        : row.waits(CampaignStack.State.AT_WORK, Optional.of(why), now.plus(AT_WORK), now);
  }

  /** What has become of a stack that was begun. */
  private void follow(CampaignStack row) {
    Instant now = now();
    Optional<Stack> found = updates.find(row.stack()).filter(stack -> !stack.isLeaving());
    if (found.isEmpty()) {
      note(row.ended(CampaignStack.State.GONE, Optional.empty(), now));
      return;
    }
    Stack stack = found.get();
    if (stack.status().isTerminal()) {
      note(
          switch (row.state()) {
            case GOING_BACK -> back(row, stack, now);
            case WATCHED -> watched(row, stack, now);
            default -> changed(row, stack, now);
          });
    }
  }

  private static boolean isOurs(CampaignStack row, Stack stack) {
    return row.plan().filter(stack.plan()::equals).isPresent();
  }

  private CampaignStack changed(CampaignStack row, Stack stack, Instant now) {
    boolean ours = isOurs(row, stack);
    if (ours && stack.status().equals(StackStatus.UPDATED)) {
      return watched(row.is(CampaignStack.State.WATCHED, Optional.empty(), now), stack, now);
    }
    boolean wasBefore = row.before().filter(stack.plan()::equals).isPresent();
    boolean rolledBack = wasBefore && stack.status().action() == StackAction.ROLLBACK;
    if (ours || rolledBack) {
      return row.ended(
          CampaignStack.State.FAILED,
          Optional.of(
              Phrase.of(
                  rolledBack && stack.status().status() == ActionStatus.COMPLETE
                      ? "campaign.failed-and-back"
                      : "campaign.failed",
                  stack.reason())),
          now);
    }
    return row.ended(
        CampaignStack.State.OVERTAKEN,
        Optional.of(Phrase.of("campaign.overtaken", row.name())),
        now);
  }

  /** A stack that is changed, as long as it is looked at. */
  private CampaignStack watched(CampaignStack row, Stack stack, Instant now) {
    if (!isOurs(row, stack)) {
      return row.ended(
          CampaignStack.State.OVERTAKEN,
          Optional.of(Phrase.of("campaign.overtaken", row.name())),
          now);
    }
    Duration watch = campaign.pace().watch();
    if (now.isBefore(row.changedAt().plus(watch))) {
      return row;
    }
    boolean healthy = stack.health().state() == StackHealth.State.HEALTHY;
    if (healthy || !row.healthy()) {
      return row.ended(
          CampaignStack.State.DONE,
          healthy ? Optional.empty() : Optional.of(Phrase.of("campaign.unhealthy-before")),
          now);
    }
    Duration most = watch.compareTo(MOST_OF_RECOVERY) > 0 ? watch : MOST_OF_RECOVERY;
    return now.isBefore(row.changedAt().plus(most))
        ? row
        : row.ended(
            CampaignStack.State.UNHEALTHY,
            Optional.of(
                stack.health().reasons().stream()
                    .findFirst()
                    .orElseGet(() -> Phrase.of("campaign.not-seen-healthy"))),
            now);
  }

  private static CampaignStack back(CampaignStack row, Stack stack, Instant now) {
    boolean is = isOurs(row, stack) && stack.status().isWhole();
    return is
        ? row.is(CampaignStack.State.TAKEN_BACK, Optional.empty(), now)
        : row.is(
            CampaignStack.State.KEPT,
            Optional.of(Phrase.of("campaign.back-failed", stack.reason())),
            now);
  }

  private Result takeBack() {
    Instant now = now();
    rows.values().stream()
        .filter(row -> CHANGED.contains(row.state()) && row.begunAt().isPresent())
        .toList()
        .forEach(row -> note(row.is(CampaignStack.State.GOES_BACK, Optional.empty(), now)));
    goBack();
    Result result = rest();
    return result.next().isPresent()
        ? result
        : new Result(
            Campaigns.of(campaign).status(Campaign.Status.TAKEN_BACK).endedAt(now()).done(),
            Optional.empty());
  }

  /** Begins to change back what is to be, as many at once as may be. */
  private void goBack() {
    for (CampaignStack row : List.copyOf(rows.values())) {
      if (row.state() != CampaignStack.State.GOES_BACK || !row.isDue(now())) {
        continue;
      }
      if (atWork() >= campaign.pace().atOnce()
          || now().isAfter(end)
          || !store.goOn(turn, now().plus(CampaignPass.LEASE))
          || !goBack(row)) {
        return;
      }
    }
  }

  private boolean goBack(CampaignStack row) {
    Instant now = now();
    Optional<Stack> found = updates.find(row.stack()).filter(stack -> !stack.isLeaving());
    if (found.isEmpty()) {
      note(row.is(CampaignStack.State.GONE, Optional.empty(), now));
      return true;
    }
    Stack stack = found.get();
    if (!updates.mayChange(campaign, row.project())) {
      note(row.is(CampaignStack.State.KEPT, Optional.of(mayNot(row)), now));
      return true;
    }
    if (!stack.status().isTerminal()) {
      note(
          row.waits(
              CampaignStack.State.GOES_BACK,
              Optional.of(Phrase.of("campaign.back-waits", row.name())),
              now.plus(AT_WORK),
              now));
      return true;
    }
    if (row.before().filter(stack.plan()::equals).isPresent()) {
      note(row.is(CampaignStack.State.TAKEN_BACK, Optional.empty(), now));
      return true;
    }
    if (!isOurs(row, stack)) {
      note(
          row.is(
              CampaignStack.State.KEPT,
              Optional.of(Phrase.of("campaign.overtaken", row.name())),
              now));
      return true;
    }
    try {
      boolean byItself =
          stack.status().equals(StackStatus.UPDATE_FAILED) && stack.course().back().isPresent();
      Optional<PlanId> plan =
          byItself ? Optional.empty() : Optional.of(updates.planBack(campaign, row, stack));
      return isBegun(updates.beginBack(turn, row, plan, now, now.plus(CampaignPass.LEASE)));
    } catch (FederationFault fault) {
      note(
          switch (fault.code()) {
            case STALE_PLAN ->
                row.waits(
                    CampaignStack.State.GOES_BACK,
                    Optional.of(fault.phrase()),
                    now.plus(AT_WORK),
                    now);
            default -> row.is(CampaignStack.State.KEPT, Optional.of(fault.phrase()), now);
          });
    }
    return true;
  }
}
