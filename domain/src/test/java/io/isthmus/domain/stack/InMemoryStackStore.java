package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageUses;
import io.isthmus.domain.keypair.KeyPairUses;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.domain.usage.Commitments;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps stacks in memory, with the same rules as the database. */
public class InMemoryStackStore implements StackStore {

  private static final class Work {
    private Optional<Instant> due;
    private boolean woken;
    private Optional<String> owner = Optional.empty();
    private Instant until = Instant.MIN;
    private long fence;

    Work(Instant due) {
      this.due = Optional.of(due);
    }
  }

  private final List<AuditRecord> audited = new ArrayList<>();
  private final Map<StackId, Stack> stacks = new LinkedHashMap<>();
  private final Map<StackId, Map<PartKey, StackPart>> parts = new HashMap<>();
  private final Map<StackId, List<Refusal>> refusals = new HashMap<>();
  private final Map<StackId, List<StackEvent>> events = new HashMap<>();
  private final Map<ProjectId, List<ProjectEvent>> projectEvents = new HashMap<>();
  private final Map<StackId, DriftChoice> onDrift = new HashMap<>();
  private final Map<StackId, Map<PartKey, Phrase>> failingProbes = new HashMap<>();
  private final Map<StackId, Map<Integer, StackRevision>> revisions = new HashMap<>();
  private final Map<StackId, JsonObject> documents = new HashMap<>();
  private final Map<StackId, Work> queue = new LinkedHashMap<>();

  @Override
  public synchronized void add(Stack stack, List<StackPart> added, Phrase happened) {
    boolean taken =
        stacks.values().stream()
            .anyMatch(
                other ->
                    other.project().equals(stack.project())
                        && other.name().equals(stack.name())
                        && !other.status().equals(StackStatus.DELETED));
    if (taken) {
      throw new FederationFault(FaultCode.NAME_TAKEN, Phrase.of("stack.name-taken", stack.name()));
    }
    stacks.put(stack.id(), stack);
    parts.put(stack.id(), new TreeMap<>());
    added.forEach(part -> parts.get(stack.id()).put(part.key(), part));
    events.put(stack.id(), new ArrayList<>());
    queue.put(stack.id(), new Work(stack.createdAt()));
    happen(stack, List.of(Happening.of(stack.status(), happened)), stack.createdAt());
  }

  @Override
  public synchronized Optional<Stack> find(StackId id) {
    return Optional.ofNullable(stacks.get(id));
  }

  @Override
  public synchronized Optional<StackId> ofPlan(PlanId plan) {
    return stacks.values().stream()
        .filter(
            stack ->
                stack.plan().equals(plan)
                    || revisions.getOrDefault(stack.id(), Map.of()).values().stream()
                        .anyMatch(revision -> revision.plan().equals(plan)))
        .map(Stack::id)
        .findFirst();
  }

  @Override
  public synchronized Map<StackId, StackDrift> drifts(Collection<StackId> stacks) {
    Map<StackId, StackDrift> drifts = new HashMap<>();
    stacks.forEach(stack -> drifts.put(stack, new StackDrift(onDrift(stack), 0, 0)));
    return drifts;
  }

  @Override
  public synchronized DriftChoice onDrift(StackId stack) {
    return onDrift.getOrDefault(stack, DriftChoice.REPLACE_VANISHED);
  }

  private final Map<StackId, Map<PartKey, List<Deviation>>> deviations = new HashMap<>();

  /** Something of a part was found changed behind the stack's back. */
  public synchronized void deviate(StackId stack, PartKey part, Deviation found) {
    deviations.put(stack, Map.of(part, List.of(found)));
  }

  @Override
  public synchronized Map<PartKey, List<Deviation>> toPutRight(StackId stack) {
    return onDrift(stack) == DriftChoice.REPAIR
        ? deviations.getOrDefault(stack, Map.of())
        : Map.of();
  }

  @Override
  public synchronized void wake(StackId stack, Instant now) {
    Work work = queue.get(stack);
    work.due = Optional.of(now);
    work.woken = true;
  }

  /** Lets servers fail their probes, instead of those that failed before. */
  public synchronized void failProbes(StackId stack, Map<PartKey, Phrase> failing) {
    failingProbes.put(stack, Map.copyOf(failing));
    Work work = queue.get(stack);
    work.due = Optional.of(Instant.EPOCH);
    work.woken = true;
  }

  private final Set<CloudId> toRemove = new HashSet<>();

  /** A rule or a person has what was replaced there removed. */
  public synchronized void removeReplaced(CloudId cloud) {
    toRemove.add(cloud);
  }

  @Override
  public synchronized Set<CloudId> replacedToRemove(StackId stack) {
    return Set.copyOf(toRemove);
  }

  @Override
  public synchronized Map<PartKey, Phrase> failingProbes(StackId stack) {
    return failingProbes.getOrDefault(stack, Map.of());
  }

  @Override
  public synchronized void chooseOnDrift(
      StackId stack, OptionalLong version, DriftChoice choice, Phrase happened, Instant now) {
    stacks.get(stack).requireVersion(version);
    if (onDrift(stack) == choice) {
      return;
    }
    onDrift.put(stack, choice);
    tell(stack, List.of(Happening.of(stacks.get(stack).status(), happened)), now);
    Work work = queue.get(stack);
    work.due = Optional.of(now);
    work.woken = true;
  }

  @Override
  public synchronized void tell(StackId stack, List<Happening> happenings, Instant now) {
    happen(stacks.get(stack), happenings, now);
  }

  @Override
  public synchronized List<PartCount> counts(ProjectId project) {
    Map<Place, Map<String, int[]>> counts = new TreeMap<>();
    stacks.values().stream()
        .filter(stack -> stack.project().equals(project))
        .filter(stack -> !stack.status().equals(StackStatus.DELETED))
        .flatMap(stack -> parts.get(stack.id()).values().stream())
        .filter(part -> part.goal() == Goal.PRESENT)
        .forEach(
            part -> {
              int[] count =
                  counts
                      .computeIfAbsent(part.id().place(), region -> new TreeMap<>())
                      .computeIfAbsent(part.type(), type -> new int[2]);
              count[0]++;
              count[1] += part.status().isWhole() ? 1 : 0;
            });
    List<PartCount> result = new ArrayList<>();
    counts.forEach(
        (region, types) ->
            types.forEach(
                (type, count) -> result.add(new PartCount(region, type, count[0], count[1]))));
    return result;
  }

  @Override
  public synchronized List<Claim> claims(Collection<ProjectId> projects, Instant since) {
    return claims(since).filter(claim -> projects.contains(claim.project())).toList();
  }

  @Override
  public synchronized List<Claim> claims(CloudId cloud, Instant since) {
    return claims(since).filter(claim -> claim.region().cloud().equals(cloud)).toList();
  }

  private Stream<Claim> claims(Instant since) {
    return stacks.values().stream()
        .flatMap(
            stack ->
                parts.get(stack.id()).values().stream()
                    .filter(part -> isClaimed(part, since))
                    .map(part -> Claim.of(stack, part)));
  }

  private static boolean isClaimed(StackPart part, Instant since) {
    boolean counts = !part.counts().isEmpty();
    boolean lately = counts && !part.state().since().isBefore(since);
    boolean comes = counts && (part.isUntouched() || part.status().equals(StackStatus.CREATING));
    return part.goal() == Goal.PRESENT && (comes || lately || part.next().isPresent())
        || part.goal() == Goal.OUTGOING && lately;
  }

  @Override
  public synchronized List<Consumption.Consumed> consumed(String tenant) {
    Map<ProjectId, Map<Place, Map<LimitKind, Long>>> amounts = new HashMap<>();
    for (Stack stack : stacks.values()) {
      if (stack.project().tenant().equals(tenant)) {
        for (StackPart part : parts.get(stack.id()).values()) {
          if (counts(stack, part)) {
            Map<LimitKind, Long> there =
                amounts
                    .computeIfAbsent(stack.project(), none -> new HashMap<>())
                    .computeIfAbsent(part.id().place(), none -> new HashMap<>());
            Map<LimitKind, Long> greater = new HashMap<>(part.counts());
            part.goalSpec().counts().forEach((kind, next) -> greater.merge(kind, next, Math::max));
            greater.forEach((kind, amount) -> there.merge(kind, amount, Long::sum));
          }
        }
      }
    }
    List<Consumption.Consumed> all = new ArrayList<>();
    amounts.forEach(
        (project, places) ->
            places.forEach(
                (place, there) -> {
                  if (!there.isEmpty()) {
                    all.add(new Consumption.Consumed(project, place, there));
                  }
                }));
    all.sort(
        Comparator.comparing((Consumption.Consumed one) -> one.project().toString())
            .thenComparing(Consumption.Consumed::region));
    return all;
  }

  private static boolean counts(Stack stack, StackPart part) {
    boolean made =
        part.state().physicalId().isPresent() || part.status().equals(StackStatus.CREATING);
    return switch (part.goal()) {
      case PRESENT ->
          made
              || stack.status().isWhole()
              || stack.status().isMaking()
                  && (part.status().status() != ActionStatus.FAILED || isTakenUp(stack, part));
      case ABSENT, OUTGOING, REPLACED -> made && !part.status().equals(StackStatus.DELETED);
      case RETAINED -> false;
    };
  }

  private static boolean isTakenUp(Stack stack, StackPart part) {
    boolean turning =
        stack.status().equals(StackStatus.ROLLING_BACK) && stack.course().back().isPresent();
    return !part.state().since().isAfter(stack.actionSince()) && !turning;
  }

  @Override
  public synchronized List<KeyPairUses.Use> keyPairUses(ProjectId project) {
    List<KeyPairUses.Use> uses = new ArrayList<>();
    for (Stack stack : stacks.values()) {
      if (stack.project().equals(project) && !stack.status().equals(StackStatus.DELETED)) {
        stack
            .template()
            .keyPairs()
            .forEach((name, key) -> uses.add(new KeyPairUses.Use(stack.name(), name, key)));
      }
    }
    return uses;
  }

  @Override
  public synchronized List<ImageUses.Use> imageUses(ProjectId project) {
    List<ImageUses.Use> uses = new ArrayList<>();
    for (Stack stack : stacks.values()) {
      if (stack.project().equals(project) && !stack.status().equals(StackStatus.DELETED)) {
        stack
            .template()
            .images()
            .forEach((name, image) -> uses.add(new ImageUses.Use(stack.name(), image.id())));
      }
    }
    return uses;
  }

  @Override
  public synchronized Map<CloudId, List<Measure>> awaited(ProjectId project) {
    return stacks.values().stream()
        .filter(stack -> stack.project().equals(project))
        .filter(stack -> stack.status().isMaking() || stack.status().isWhole())
        .flatMap(stack -> parts.get(stack.id()).values().stream())
        .filter(part -> part.goal() == Goal.PRESENT && part.measure().isPresent())
        .filter(
            part ->
                part.state().physicalId().isEmpty()
                    && (part.isUntouched() || part.status().equals(StackStatus.CREATING)))
        .collect(
            Collectors.groupingBy(
                part -> part.id().cloud(),
                Collectors.mapping(part -> part.measure().orElseThrow(), Collectors.toList())));
  }

  @Override
  public synchronized List<Commitments.Growth> growing(ProjectId project) {
    return stacks.values().stream()
        .filter(stack -> stack.project().equals(project))
        .flatMap(
            stack ->
                parts.get(stack.id()).values().stream()
                    .filter(part -> part.goal() == Goal.PRESENT && part.next().isPresent())
                    .filter(
                        part ->
                            stack.status().isMaking()
                                || !stack.isLeaving()
                                    && part.status().equals(StackStatus.UPDATING)))
        .filter(part -> part.goalSpec().measure().isPresent())
        .filter(part -> !part.goalSpec().measure().equals(part.measure()))
        .map(
            part ->
                new Commitments.Growth(
                    part.id().cloud(), part.measure(), part.goalSpec().measure().orElseThrow()))
        .toList();
  }

  @Override
  public void takeTurns(Set<String> names) {
    // Its callers are alone.
  }

  @Override
  public synchronized List<StackPresence> presences(CloudId cloud, Optional<ProjectId> project) {
    List<StackPresence> found = new ArrayList<>();
    for (Stack stack : stacks.values()) {
      long there =
          parts.get(stack.id()).values().stream()
              .filter(part -> part.id().cloud().equals(cloud) && !part.isGone())
              .count();
      if (there > 0 && project.map(stack.project()::equals).orElse(true)) {
        found.add(new StackPresence(stack.id(), stack.name(), stack.project(), (int) there));
      }
    }
    found.sort(
        Comparator.comparing((StackPresence stack) -> stack.project().toString())
            .thenComparing(StackPresence::name));
    return found;
  }

  @Override
  public synchronized Map<StackId, Tally> tallies(Collection<StackId> ids) {
    Map<StackId, Tally> tallies = new HashMap<>();
    for (StackId id : ids) {
      Collection<StackPart> all = parts.getOrDefault(id, Map.of()).values();
      List<StackPart> present = all.stream().filter(part -> part.goal() == Goal.PRESENT).toList();
      List<StackPart> absent = all.stream().filter(part -> part.goal() != Goal.PRESENT).toList();
      List<Place> regions =
          all.stream().map(part -> part.id().place()).distinct().sorted().toList();
      tallies.put(
          id,
          new Tally(
              present.size(),
              (int) present.stream().filter(StackPart::isRight).count(),
              absent.size(),
              (int) absent.stream().filter(StackPart::isGone).count(),
              regions));
    }
    return tallies;
  }

  @Override
  public synchronized List<StackPart> parts(StackId stack) {
    return List.copyOf(parts.getOrDefault(stack, Map.of()).values());
  }

  @Override
  public synchronized List<StackPart> parts(StackId stack, PartId part) {
    return parts(stack).stream().filter(each -> each.id().equals(part)).toList();
  }

  @Override
  public synchronized List<Refusal> refusals(StackId stack) {
    return List.copyOf(refusals.getOrDefault(stack, List.of()));
  }

  @Override
  public synchronized List<StackEvent> events(StackId stack, long after, int limit) {
    return events.getOrDefault(stack, List.of()).stream()
        .filter(event -> event.sequence() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<ProjectEvent> projectEvents(ProjectId project, long after, int limit) {
    return projectEvents.getOrDefault(project, List.of()).stream()
        .filter(event -> event.position() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long newestEvent(ProjectId project) {
    return projectEvents.getOrDefault(project, List.of()).size();
  }

  @Override
  public synchronized void requestDeletion(
      StackId id, OptionalLong version, Phrase happened, Instant now) {
    Stack stack = stacks.get(id);
    stack.requireVersion(version);
    if (stack.isLeaving() && !stack.status().equals(StackStatus.DELETE_FAILED)) {
      return;
    }
    wish(stack.leaving(happened, now, RequestId.currentOrFresh()), happened, now);
  }

  @Override
  public synchronized void requestRetry(
      StackId id, OptionalLong version, Phrase happened, Instant now) {
    Stack stack = stacks.get(id);
    stack.requireVersion(version);
    if (stack.requireRetry()) {
      wish(stack.retrying(happened, now, RequestId.currentOrFresh()), happened, now);
    }
  }

  @Override
  public synchronized void requestAction(
      StackId id, OptionalLong version, StackAction action, Phrase happened, Instant now) {
    Stack stack = stacks.get(id);
    stack.requireVersion(version);
    if (stack.requireAction(action)) {
      wish(stack.acting(action, happened, now, RequestId.currentOrFresh()), happened, now);
    }
  }

  @Override
  public synchronized void requestCancel(
      StackId id, OptionalLong version, boolean back, Phrase happened, Instant now) {
    Stack stack = stacks.get(id);
    stack.requireVersion(version);
    if (stack.requireCancel(back)) {
      wish(stack.cancelled(back, happened, now, RequestId.currentOrFresh()), happened, now);
    }
  }

  @Override
  public synchronized Optional<Stack> lock(StackId id) {
    return find(id);
  }

  @Override
  public synchronized void applyUpdate(
      Stack updated, StackRevision before, List<StackPart> changed, Phrase happened, Instant now) {
    keep(updated.id(), before);
    changed.forEach(part -> parts.get(updated.id()).put(part.key(), part));
    Work work = queue.get(updated.id());
    if (work.owner.isPresent()) {
      work.until = work.until.plus(Lease.CALLS_END);
    }
    work.owner = Optional.empty();
    work.fence++;
    wish(updated, happened, now);
  }

  @Override
  public synchronized void abandon(
      Stack abandoned, List<StackPart> left, JsonObject document, Phrase happened, Instant now) {
    documents.put(abandoned.id(), document);
    left.forEach(part -> parts.get(abandoned.id()).put(part.key(), part));
    Work work = queue.get(abandoned.id());
    if (work.owner.isPresent()) {
      work.until = work.until.plus(Lease.CALLS_END);
    }
    work.owner = Optional.empty();
    work.fence++;
    wish(abandoned, happened, now);
  }

  @Override
  public synchronized Optional<JsonObject> abandonment(StackId stack) {
    return Optional.ofNullable(documents.get(stack));
  }

  private void keep(StackId id, StackRevision revision) {
    revisions.computeIfAbsent(id, none -> new HashMap<>()).putIfAbsent(revision.number(), revision);
  }

  @Override
  public synchronized Optional<StackRevision> revision(StackId stack, int number) {
    return Optional.ofNullable(revisions.getOrDefault(stack, Map.of()).get(number))
        .filter(kept -> stacks.get(stack).course().back().equals(OptionalInt.of(number)));
  }

  @Override
  public synchronized List<StackRevision> earlier(StackId stack) {
    Map<Integer, StackRevision> all = revisions.getOrDefault(stack, Map.of());
    int last = all.keySet().stream().mapToInt(number -> number).max().orElse(0);
    OptionalInt back = stacks.get(stack).course().back();
    return all.values().stream()
        .filter(kept -> kept.number() >= Math.min(last, back.orElse(last)))
        .sorted(Comparator.comparing(StackRevision::number))
        .toList();
  }

  private void wish(Stack wished, Phrase happened, Instant now) {
    stacks.put(wished.id(), wished);
    happen(wished, List.of(Happening.of(wished.status(), happened)), now);
    Work work = queue.computeIfAbsent(wished.id(), key -> new Work(now));
    work.due = Optional.of(now);
    work.woken = true;
  }

  @Override
  public synchronized Optional<Lease> lease(String owner, Instant now, Duration length) {
    Optional<Map.Entry<StackId, Work>> next =
        queue.entrySet().stream()
            .filter(entry -> entry.getValue().due.filter(due -> !due.isAfter(now)).isPresent())
            .filter(entry -> !entry.getValue().until.isAfter(now))
            .min(Comparator.comparing(entry -> entry.getValue().due.orElseThrow()));
    next.ifPresent(
        entry -> {
          Work work = entry.getValue();
          work.owner = Optional.of(owner);
          work.until = now.plus(length);
          work.woken = false;
          work.fence++;
        });
    return next.map(
        entry -> new Lease(entry.getKey(), owner, entry.getValue().fence, entry.getValue().until));
  }

  @Override
  public synchronized Backlog backlog(Instant now) {
    List<Instant> waiting =
        queue.values().stream()
            .filter(work -> !work.until.isAfter(now))
            .flatMap(work -> work.due.stream())
            .filter(due -> !due.isAfter(now))
            .sorted()
            .toList();
    return new Backlog(waiting.size(), waiting.stream().findFirst());
  }

  @Override
  public synchronized Lease renew(Lease lease, Instant until) {
    held(lease).until = until;
    return lease.until(until);
  }

  @Override
  public synchronized void release(Lease lease, Optional<Instant> due) {
    Work work = queue.get(lease.stack());
    if (work != null && work.fence == lease.fence() + 1 && work.owner.isEmpty()) {
      work.until = Instant.MIN;
    }
    if (work == null || work.fence != lease.fence()) {
      return;
    }
    work.owner = Optional.empty();
    work.until = Instant.MIN;
    if (!work.woken) {
      work.due = due;
    }
  }

  /** All that it keeps, so that it can be seen whether a call has changed anything. */
  public synchronized List<Object> kept() {
    Map<StackId, Object> work = new HashMap<>();
    queue.forEach(
        (id, one) -> work.put(id, List.of(one.due, one.woken, one.owner, one.until, one.fence)));
    Map<StackId, Object> all = new HashMap<>();
    parts.forEach((id, of) -> all.put(id, Map.copyOf(of)));
    Map<StackId, Object> wished = new HashMap<>();
    revisions.forEach((id, of) -> wished.put(id, Map.copyOf(of)));
    Map<StackId, Object> told = new HashMap<>();
    events.forEach((id, of) -> told.put(id, List.copyOf(of)));
    Map<StackId, Object> refused = new HashMap<>();
    refusals.forEach((id, of) -> refused.put(id, List.copyOf(of)));
    return List.of(
        Map.copyOf(stacks),
        all,
        refused,
        told,
        Map.copyOf(onDrift),
        wished,
        work,
        List.copyOf(audited));
  }

  /** What the engine wrote for the audit log, in order. */
  public synchronized List<AuditRecord> audited() {
    return List.copyOf(audited);
  }

  @Override
  public synchronized Stack write(Lease lease, StackChange change, Instant now) {
    held(lease);
    Stack stack = stacks.get(lease.stack());
    Stack changed =
        change
            .header()
            .filter(header -> header.isOf(stack))
            .map(header -> stack.with(header.status(), header.reason(), header.health(), now))
            .map(turned -> change.reform().map(turned::with).orElse(turned))
            .orElse(stack);
    if (changed.course().revision() != stack.course().revision()) {
      keep(stack.id(), stack.revision(List.of()));
    }
    stacks.put(stack.id(), changed);
    change.acts().forEach(act -> audited.add(act.record(stack, now)));
    List<Refusal> refused = refusals.computeIfAbsent(stack.id(), id -> new ArrayList<>());
    change.refusals().stream().filter(refusal -> !refused.contains(refusal)).forEach(refused::add);
    change.parts().forEach(part -> parts.get(stack.id()).put(part.key(), part));
    happen(changed, change.happenings(), now);
    return stacks.get(stack.id());
  }

  private Work held(Lease lease) {
    Work work = queue.get(lease.stack());
    if (work == null || work.fence != lease.fence() || work.owner.isEmpty()) {
      throw new LeaseLost(lease);
    }
    return work;
  }

  private void happen(Stack stack, List<Happening> happenings, Instant now) {
    long sequence = stack.lastEvent();
    for (Happening happening : happenings) {
      sequence++;
      StackEvent event =
          new StackEvent(
              stack.id(),
              sequence,
              now,
              happening.part(),
              happening.status(),
              happening.physicalId(),
              happening.phrase(),
              Optional.of(stack.request()),
              happening.cloudRequest());
      events.get(stack.id()).add(event);
      List<ProjectEvent> ofProject =
          projectEvents.computeIfAbsent(stack.project(), project -> new ArrayList<>());
      ofProject.add(new ProjectEvent(ofProject.size() + 1, stack.name(), event));
    }
    stacks.put(stack.id(), stack.counted(stack.version() + 1, sequence));
  }
}
