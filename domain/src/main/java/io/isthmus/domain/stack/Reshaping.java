package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the parts of a stack shall become when it is updated, or goes back. Pure.
 *
 * <p>What is not wanted any more, or gets a successor that is made first, is OUTGOING; what has to
 * go before its successor can be is ABSENT at once, and with it whatever outgoing is built upon it.
 */
public final class Reshaping {

  private static final Set<String> CARRYING =
      Set.of("OS::Octavia::PoolMember", "OS::Neutron::SecurityGroupRule");

  private final Map<PartKey, StackPart> parts = new TreeMap<>();
  private final Set<PartKey> changed = new LinkedHashSet<>();
  private final Set<CloudId> lost;
  private final Instant now;

  private Reshaping(Collection<StackPart> before, Set<CloudId> lost, Instant now) {
    before.forEach(part -> parts.put(part.key(), part));
    this.lost = lost;
    this.now = now;
  }

  /**
   * @param before all generations
   * @param graph what is wished for now
   * @return those that are new or changed
   */
  static List<StackPart> update(
      StackUpdate update, Collection<StackPart> before, ResourceGraph graph, Instant now) {
    Reshaping reshaping = new Reshaping(before, update.lost(), now);
    Map<PartId, PlannedPart> wanted = new HashMap<>();
    update.parts().forEach(part -> wanted.put(part.id(), part));
    Map<PartId, PartChange> changes = new HashMap<>();
    update.changes().forEach(change -> changes.put(change.id(), change));
    for (PlannedPart part : update.parts()) {
      PartSpec spec = PartSpec.of(part, deletionPolicy(graph, part.id().resource()));
      reshaping.shape(part, spec, Optional.ofNullable(changes.get(part.id())));
    }
    reshaping.present().stream()
        .filter(part -> !wanted.containsKey(part.id()))
        .forEach(part -> reshaping.leave(part, carriesTraffic(part) && !update.lost().isEmpty()));
    reshaping.giveUp();
    return reshaping.result();
  }

  /** What was on its way out of a cloud that is lost is not waited for either. */
  private void giveUp() {
    parts.values().stream()
        .filter(part -> lost.contains(part.id().cloud()) && !part.isGone())
        .filter(part -> part.goal() == Goal.OUTGOING || part.goal() == Goal.ABSENT)
        .toList()
        .forEach(part -> put(part.lost(silent(part), now)));
  }

  private static Phrase silent(StackPart part) {
    return Phrase.of("stack.given-up", part.id().resource(), part.id().cloud());
  }

  /**
   * What leads to something in a lost cloud, or lets something from there in, goes at once, so that
   * nothing is sent there and nobody else comes in by an address of ours.
   */
  private static boolean carriesTraffic(StackPart part) {
    return CARRYING.contains(part.type());
  }

  private static DeletionPolicy deletionPolicy(ResourceGraph graph, String resource) {
    return graph.find(resource).map(ResourceNode::deletionPolicy).orElse(DeletionPolicy.DELETE);
  }

  /**
   * Back to a revision before.
   *
   * @param before all generations
   * @return those that are new or changed
   */
  public static List<StackPart> back(
      StackRevision goal, Collection<StackPart> before, Instant now) {
    Reshaping reshaping = new Reshaping(before, Set.of(), now);
    goal.parts().forEach(part -> reshaping.back(part, goal.number()));
    Set<PartId> wanted =
        goal.parts().stream().map(part -> part.key().id()).collect(Collectors.toSet());
    reshaping.present().stream()
        .filter(part -> !wanted.contains(part.id()))
        .forEach(part -> reshaping.leave(part, false));
    reshaping.makeRoom();
    reshaping.rebuild();
    return reshaping.result();
  }

  /**
   * What has to be made anew on a way back takes the room of what took its place: nobody has asked
   * whether there is room for both.
   */
  private void makeRoom() {
    List<StackPart> missing = present().stream().filter(Reshaping::isToBeMade).toList();
    parts.values().stream()
        .filter(part -> part.goal() == Goal.OUTGOING)
        .filter(part -> missing.stream().anyMatch(part::sharesQuotaWith))
        .toList()
        .forEach(part -> leave(part, true));
  }

  /** Whether it shall be there, and no cloud has told of it. */
  public static boolean isToBeMade(StackPart part) {
    return part.goal() == Goal.PRESENT && !part.isMade() && part.state().physicalId().isEmpty();
  }

  /** What comes back upon another generation than it was built upon has to become so. */
  private void rebuild() {
    Map<PartId, PartKey> standing = new HashMap<>();
    present().forEach(part -> standing.put(part.id(), part.key()));
    present().stream()
        .filter(part -> part.isMade() && part.next().isEmpty())
        .filter(
            part ->
                part.requires().stream()
                    .map(standing::get)
                    .anyMatch(key -> key != null && !part.isUpon(key)))
        .forEach(part -> put(part.becoming(part.spec())));
  }

  private List<StackPart> present() {
    return parts.values().stream().filter(part -> part.goal() == Goal.PRESENT).toList();
  }

  private Optional<StackPart> present(PartId id) {
    return parts.values().stream()
        .filter(part -> part.goal() == Goal.PRESENT && part.id().equals(id))
        .findFirst();
  }

  private void put(StackPart part) {
    parts.put(part.key(), part);
    changed.add(part.key());
  }

  private void shape(PlannedPart wanted, PartSpec spec, Optional<PartChange> change) {
    Optional<StackPart> present = present(wanted.id());
    if (present.isEmpty()) {
      add(wanted.id(), wanted.type(), spec);
      return;
    }
    StackPart part = present.get();
    if (lost.contains(part.id().cloud())) {
      // Nothing is asked of a lost cloud.
      return;
    }
    // What nobody told a change of is asked for what it shall be, which costs nothing if it is.
    PartChange.Kind kind = change.map(PartChange::kind).orElse(PartChange.Kind.UPDATED);
    if (part.isUntouched()) {
      put(StackPart.planned(part.key(), wanted.type(), spec, now));
    } else if (kind == PartChange.Kind.UNCHANGED) {
      put(isSettled(part) ? part.shaped(spec) : part.becoming(spec));
    } else if (kind == PartChange.Kind.UPDATED && part.isMade()) {
      put(part.becoming(spec));
    } else {
      boolean atOnce = !lost.isEmpty() && carriesTraffic(part);
      leave(part, atOnce || !change.map(PartChange::newFirst).orElse(false));
      add(wanted.id(), wanted.type(), spec);
    }
  }

  /** Whether nothing is left to be done of an update before. */
  private static boolean isSettled(StackPart part) {
    return part.next().isEmpty() && (!part.isMade() || part.status().isWhole());
  }

  private void back(StackRevision.Part wanted, int revision) {
    Optional<StackPart> kept =
        Optional.ofNullable(parts.get(wanted.key())).filter(part -> comesBack(part, revision));
    Optional<StackPart> present = present(wanted.key().id());
    present
        .filter(part -> kept.filter(same -> same.key().equals(part.key())).isEmpty())
        .ifPresent(part -> leave(part, kept.isEmpty()));
    if (kept.isEmpty()) {
      add(wanted.key().id(), wanted.type(), wanted.spec());
      return;
    }
    StackPart part = kept.get().with(Goal.PRESENT, revived(kept.get()));
    boolean other = wanted.pending() || part.revision() > revision || !part.status().isWhole();
    put(part.isMade() && other ? part.becoming(wanted.spec()) : part.shaped(wanted.spec()));
  }

  /** Whether that very generation can be what it was; what was asked to go cannot. */
  private static boolean comesBack(StackPart part, int revision) {
    if (part.goal() == Goal.RETAINED) {
      return part.state().physicalId().isPresent();
    }
    return part.isUntouched()
        || part.isMade()
        || part.status().action() == StackAction.CREATE && part.revision() <= revision;
  }

  private PartState revived(StackPart part) {
    return part.goal() == Goal.RETAINED
        ? part.state().in(StackStatus.CREATED, StackHealth.UNKNOWN, now)
        : part.state();
  }

  private void add(PartId id, String type, PartSpec spec) {
    int last =
        parts.keySet().stream()
            .filter(key -> key.id().equals(id))
            .mapToInt(PartKey::generation)
            .max()
            .orElse(0);
    // What was replaced there once makes room when the stack comes back by another plan.
    parts.values().stream()
        .filter(part -> part.id().equals(id) && part.isReplaced())
        .toList()
        .forEach(part -> put(part.with(Goal.ABSENT, unhurried(part))));
    put(StackPart.planned(new PartKey(id, last + 1), type, spec, now));
  }

  /**
   * @param atOnce whether something waits for its going
   */
  private void leave(StackPart part, boolean atOnce) {
    if (part.isUntouched()) {
      put(part.with(Goal.ABSENT, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now)));
    } else if (lost.contains(part.id().cloud())) {
      put(part.lost(silent(part), now));
    } else if (part.isMade() && !atOnce) {
      put(part.with(Goal.OUTGOING, unhurried(part)));
    } else if (part.isMade() && part.deletionPolicy() != DeletionPolicy.DELETE) {
      put(part.with(Goal.RETAINED, part.state().in(StackStatus.DELETED, StackHealth.UNKNOWN, now)));
    } else {
      put(part.with(Goal.ABSENT, unhurried(part)));
    }
  }

  private PartState unhurried(StackPart part) {
    return part.state().troubled(part.state().trouble(), Optional.empty(), now);
  }

  private List<StackPart> result() {
    List<StackPart> inTheWay = inTheWay();
    while (!inTheWay.isEmpty()) {
      inTheWay.forEach(part -> leave(part, true));
      inTheWay = inTheWay();
    }
    return changed.stream().map(parts::get).toList();
  }

  /**
   * What stays upon something that has to go at once. No volume: it is in nothing's way, whatever
   * the template says that it depends on, and a server that stays may have it until its successor
   * is there.
   */
  private List<StackPart> inTheWay() {
    List<PartKey> going =
        changed.stream()
            .filter(key -> parts.get(key).goal() == Goal.ABSENT && !parts.get(key).isGone())
            .toList();
    return parts.values().stream()
        .filter(part -> part.goal() == Goal.OUTGOING || part.isReplaced())
        // What is given up with its cloud is in nothing's way elsewhere.
        .filter(part -> !part.isVolume() && !lost.contains(part.id().cloud()))
        .filter(part -> going.stream().anyMatch(part::isUpon))
        .toList();
  }
}
