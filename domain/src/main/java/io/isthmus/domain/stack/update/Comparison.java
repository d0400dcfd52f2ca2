package io.isthmus.domain.stack.update;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.PartChange.Kind;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a stack as it is with what it shall be, resource by resource in the order of their
 * needs: what takes another's place changes what refers to it.
 *
 * <p>Properties are compared as they are written, after functions, with references symbolic and
 * with what plans say they become in their place. A property that Heat updates in place is updated;
 * another one makes the resource anew, as do another type and another availability zone.
 */
public final class Comparison {

  private static final String KEY_PAIR = "OS::Nova::KeyPair";
  private static final String RANDOM_STRING = "OS::Heat::RandomString";
  private static final String TYPE = "type";
  private static final String ZONE = "availability_zone";
  private static final String METADATA = "metadata";
  private static final String DELETION_POLICY = "deletion_policy";

  /** Attributes of a server that say how it is connected. */
  private static final Set<String> ADDRESSES = Set.of("addresses", "networks", "first_address");

  private final ResourceGraph before;
  private final Optional<Origin> origin;
  private final ResourceGraph after;
  private final Written written;
  private final Map<PartId, StackPart> standing = new LinkedHashMap<>();

  /** What an update that has failed left to go, beside what stands. */
  private final List<StackPart> outgoing;

  private final Map<PartId, PlannedPart> wanted = new LinkedHashMap<>();
  private final Map<String, List<PlannedPart>> wantedOf = new HashMap<>();
  private final Map<PartId, PartChange> changes = new LinkedHashMap<>();
  private final Map<PartId, SideBySide.Shapes> shapes = new HashMap<>();

  /** Of computed resources. */
  private final Map<String, ResourceChange> computed = new HashMap<>();

  private final List<Violation> impossible = new ArrayList<>();

  /**
   * What a stack was before the update that has failed, or was ended.
   *
   * @param revision that it had then
   * @param parts those that were wanted then
   */
  public record Origin(ResourceGraph graph, int revision, Set<PartKey> parts) {

    public Origin {
      parts = Set.copyOf(parts);
    }

    /** Whether a part is still what it was then. */
    private boolean lastsIn(StackPart part) {
      return parts.contains(part.key()) && part.status().isWhole() && part.revision() <= revision;
    }
  }

  private Comparison(
      ResourceGraph before,
      Optional<Origin> origin,
      Collection<StackPart> parts,
      ResourceGraph after,
      Collection<PlannedPart> planned) {
    this.before = before;
    this.origin = origin;
    this.after = after;
    this.outgoing =
        parts.stream()
            .filter(part -> part.goal() == StackPart.Goal.OUTGOING && !part.isGone())
            .sorted(Comparator.comparing(StackPart::key))
            .toList();
    parts.stream()
        .filter(part -> part.goal() == StackPart.Goal.PRESENT)
        .forEach(part -> standing.put(part.id(), part));
    for (PlannedPart part : planned) {
      wanted.put(part.id(), part);
      wantedOf.computeIfAbsent(part.id().resource(), none -> new ArrayList<>()).add(part);
    }
    written = new Written(standing.values());
  }

  /**
   * @param before what the stack's template is with its parameters
   * @param parts all of the stack's
   * @param after what it shall be
   * @param planned the parts that shall be there, each after all that it requires
   */
  public static Compared of(
      ResourceGraph before,
      Collection<StackPart> parts,
      ResourceGraph after,
      Collection<PlannedPart> planned) {
    return of(before, Optional.empty(), parts, after, planned);
  }

  /**
   * @param before what the stack's template is with its parameters; parts may have to become so yet
   * @param origin what the stack was before, when an update has not been carried out to its end
   * @param parts all of the stack's
   * @param after what it shall be
   * @param planned the parts that shall be there, each after all that it requires
   */
  public static Compared of(
      ResourceGraph before,
      Optional<Origin> origin,
      Collection<StackPart> parts,
      ResourceGraph after,
      Collection<PlannedPart> planned) {
    return new Comparison(before, origin, parts, after, planned).compare();
  }

  private Compared compare() {
    for (ResourceNode node : after.nodes()) {
      if (node.type().footing() == Footing.COMPUTED) {
        computed.put(node.path(), ofComputed(node));
      } else {
        wantedOf
            .getOrDefault(node.path(), List.of())
            .forEach(part -> changes.put(part.id(), change(node, part)));
      }
    }
    List<PartChange> parts = new ArrayList<>();
    wanted.keySet().forEach(id -> parts.add(changes.get(id)));
    standing.keySet().stream()
        .filter(id -> !wanted.containsKey(id))
        .sorted()
        .forEach(id -> parts.add(new PartChange(id, Kind.REMOVED, List.of(), false)));
    return new Compared(parts, resources(), impossible);
  }

  private PartChange change(ResourceNode node, PlannedPart part) {
    StackPart old = standing.get(part.id());
    if (old == null) {
      return new PartChange(part.id(), Kind.ADDED, List.of(), false);
    }
    List<Past> past = past(old);
    if (!old.type().equals(part.type()) || past.isEmpty()) {
      return new PartChange(part.id(), Kind.REPLACED, List.of(TYPE), true);
    }
    boolean rezoned = !old.availabilityZone().equals(part.availabilityZone());
    if (old.isUntouched()) {
      // Nothing is there that could be changed; it is made as it shall be.
      return rezoned
          ? new PartChange(part.id(), Kind.REPLACED, List.of(ZONE), false)
          : new PartChange(part.id(), Kind.UNCHANGED, List.of(), false);
    }
    Place region = part.id().place();
    Optional<JsonObject> other = written.whole(node, region, part.resolutions());
    Set<String> causes = new LinkedHashSet<>();
    boolean clear = true;
    boolean described = true;
    for (Past was : past) {
      Optional<JsonObject> one = written.whole(was.node(), region, was.resolutions());
      boolean known = one.isPresent() && other.isPresent();
      SideBySide.Shapes both =
          new SideBySide.Shapes(
              known ? one.get() : was.node().knownProperties(),
              known ? other.get() : node.knownProperties());
      shapes.putIfAbsent(part.id(), both);
      causes.addAll(
          Written.different(both.before(), both.after(), node.type().properties().keySet()));
      described &= was.node().metadata().equals(node.metadata());
      clear &= known;
    }
    SideBySide.Shapes both = shapes.get(part.id());
    addSomethingElse(node, region, causes);
    boolean anew =
        rezoned
            || causes.stream()
                .anyMatch(name -> !InPlace.isUpdated(node.type(), name, both.after()));
    if (!clear) {
      // They cannot be compared yet; the engine compares them when they are known.
      causes.addAll(Written.referring(node));
    }
    if (rezoned) {
      causes.add(ZONE);
    }
    if (!described) {
      causes.add(METADATA);
    }
    if (old.deletionPolicy() != node.deletionPolicy()) {
      causes.add(DELETION_POLICY);
    }
    if (isPending(old)) {
      addPending(old, node, causes);
    }
    if (causes.isEmpty()) {
      return new PartChange(part.id(), Kind.UNCHANGED, List.of(), false);
    }
    boolean failed = old.status().equals(StackStatus.CREATE_FAILED);
    if (anew || failed) {
      boolean newFirst = !failed && sideBySide(region).canBe(part.type(), both);
      return new PartChange(part.id(), Kind.REPLACED, List.copyOf(causes), newFirst);
    }
    requirePossible(node, both);
    return new PartChange(part.id(), Kind.UPDATED, List.copyOf(causes), false);
  }

  /**
   * One thing that a part may be.
   *
   * @param resolutions what its properties became in its place
   */
  private record Past(ResourceNode node, List<Resolution> resolutions) {}

  /** Whether an update before has not made of it what it should, or nobody knows whether it has. */
  private static boolean isPending(StackPart part) {
    return part.isMade() && (part.next().isPresent() || !part.status().isWhole());
  }

  /**
   * What a part is: what its stack is, unless an update has not come to it; when its cloud has not
   * done what the update asked for, either or a part of both.
   */
  private List<Past> past(StackPart part) {
    List<Past> all = new ArrayList<>();
    if (isPending(part)) {
      origin
          .filter(known -> known.parts().contains(part.key()))
          .flatMap(known -> known.graph().find(part.id().resource()))
          .map(node -> new Past(node, part.resolutions()))
          .ifPresent(all::add);
    }
    if (all.isEmpty() || !isOriginal(part)) {
      before
          .find(part.id().resource())
          .map(node -> new Past(node, part.goalSpec().resolutions()))
          .ifPresent(all::add);
    }
    all.removeIf(was -> !was.node().type().name().equals(part.type()));
    return all;
  }

  private boolean isOriginal(StackPart part) {
    return origin.filter(known -> known.lastsIn(part)).isPresent();
  }

  /**
   * What has to be done to a part beside what is written otherwise: it was built upon what another
   * takes the place of, or nobody knows what of the last update its cloud has taken.
   */
  private void addPending(StackPart part, ResourceNode node, Set<String> into) {
    JsonObject given = part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT);
    Set<String> order = node.type().properties().keySet();
    part.state().before().ifPresent(had -> into.addAll(Written.different(had, given, order)));
    boolean uponAnother =
        part.upon().stream()
            .anyMatch(
                key ->
                    key.generation() != 0
                        && standing.containsKey(key.id())
                        && standing.get(key.id()).key().generation() != key.generation());
    if (into.isEmpty() && (uponAnother || !isOriginal(part))) {
      into.addAll(Written.referring(node));
    }
    if (into.isEmpty() && !isOriginal(part)) {
      into.addAll(given.keySet());
      into.add(METADATA);
    }
  }

  /** The properties that refer to what is something else now. */
  private void addSomethingElse(ResourceNode node, Place region, Set<String> into) {
    for (ResourceReference reference : node.references()) {
      reference
          .property()
          .filter(property -> isSomethingElse(reference, region, new HashSet<>()))
          .map(Written::top)
          .ifPresent(into::add);
    }
  }

  /** Whether a reference leads to something else than before, though it reads the same. */
  private boolean isSomethingElse(ResourceReference reference, Place region, Set<String> seen) {
    Optional<ResourceNode> target = after.find(reference.target());
    if (target.isEmpty() || !seen.add(reference.target())) {
      return false;
    }
    ResourceNode node = target.get();
    if (node.type().footing() != Footing.COMPUTED) {
      return partsAt(node.path(), region).stream()
          .anyMatch(part -> isSomethingElse(changes.get(part.id()), reference));
    }
    if (node.type().name().equals(RANDOM_STRING)) {
      return isAnew(computed.get(node.path()));
    }
    return node.references().stream()
        .map(
            inner ->
                // What a group's members are asked for is what the group is asked for.
                inner.property().isEmpty()
                    ? new ResourceReference(
                        reference.property(), inner.target(), reference.attribute(), false)
                    : inner)
        .anyMatch(inner -> isSomethingElse(inner, region, seen));
  }

  private static boolean isAnew(ResourceChange change) {
    return change.kind() == ResourceChange.Kind.REPLACED
        || change.kind() == ResourceChange.Kind.ADDED;
  }

  private boolean isSomethingElse(PartChange change, ResourceReference reference) {
    return switch (change.kind()) {
      case ADDED -> true;
      // Key pairs are known by their names.
      case REPLACED ->
          !wanted.get(change.id()).type().equals(KEY_PAIR)
              || reference.attribute().isPresent()
              || change.causes().contains("name");
      case UPDATED ->
          reference
              .attribute()
              .filter(
                  asked ->
                      change.causes().contains(asked)
                          || ADDRESSES.contains(asked) && change.causes().contains("networks"))
              .isPresent();
      case UNCHANGED, REMOVED -> false;
    };
  }

  /** The parts that a resource has for who is in a region: those there, else all. */
  private List<PlannedPart> partsAt(String resource, Place region) {
    List<PlannedPart> all = wantedOf.getOrDefault(resource, List.of());
    List<PlannedPart> near = all.stream().filter(part -> part.id().place().equals(region)).toList();
    return near.isEmpty() ? all : near;
  }

  private SideBySide sideBySide(Place region) {
    return new SideBySide(
        resource ->
            partsAt(resource, region).stream()
                .map(part -> changes.get(part.id()))
                .anyMatch(change -> change.kind() == Kind.REPLACED || change.kind() == Kind.ADDED),
        resource ->
            partsAt(resource, region).stream()
                .flatMap(part -> Optional.ofNullable(shapes.get(part.id())).stream())
                .findFirst());
  }

  /**
   * Volumes do not shrink.
   *
   * @see "Heat, heat/engine/resources/openstack/cinder/volume.py: NotSupported, Shrinking volume"
   */
  private void requirePossible(ResourceNode node, SideBySide.Shapes both) {
    if (!node.type().name().equals("OS::Cinder::Volume")) {
      return;
    }
    Optional<BigDecimal> old = Values.asNumber(both.before().getOrDefault("size", JsonValue.NULL));
    Optional<BigDecimal> fresh = Values.asNumber(both.after().getOrDefault("size", JsonValue.NULL));
    if (old.isPresent() && fresh.isPresent() && fresh.get().compareTo(old.get()) < 0) {
      Violation violation =
          new Violation(
              "resources." + node.path() + ".properties.size",
              node.line(),
              0,
              Phrase.of(
                  "stack.update.shrinks",
                  node.path(),
                  Phrase.number(old.get()),
                  Phrase.number(fresh.get())),
              Optional.of(Phrase.of("stack.update.shrinks-remedy")));
      if (!impossible.contains(violation)) {
        impossible.add(violation);
      }
    }
  }

  private ResourceChange ofComputed(ResourceNode node) {
    Optional<ResourceNode> was = before.find(node.path());
    if (was.isEmpty()) {
      return computed(node, ResourceChange.Kind.ADDED, List.of());
    }
    if (!was.get().type().name().equals(node.type().name())) {
      return computed(node, ResourceChange.Kind.REPLACED, List.of(TYPE));
    }
    Place nowhere = standing.keySet().stream().findFirst().map(PartId::place).orElse(null);
    Optional<JsonObject> one = written.whole(was.get(), nowhere, List.of());
    Optional<JsonObject> other = written.whole(node, nowhere, List.of());
    boolean clear = one.isPresent() && other.isPresent();
    Set<String> causes =
        Written.different(
            clear ? one.get() : was.get().knownProperties(),
            clear ? other.get() : node.knownProperties(),
            node.type().properties().keySet());
    if (causes.isEmpty()) {
      return computed(node, ResourceChange.Kind.UNCHANGED, List.of());
    }
    return computed(
        node,
        node.type().name().equals(RANDOM_STRING)
            ? ResourceChange.Kind.REPLACED
            : ResourceChange.Kind.UPDATED,
        List.copyOf(causes));
  }

  private static ResourceChange computed(
      ResourceNode node, ResourceChange.Kind kind, List<String> causes) {
    boolean drawn =
        kind == ResourceChange.Kind.REPLACED && node.type().name().equals(RANDOM_STRING);
    return new ResourceChange(
        node.path(),
        node.type().name(),
        kind,
        List.of(),
        List.of(),
        causes,
        drawn ? Optional.of(Phrase.of("stack.update.drawn-anew")) : Optional.empty());
  }

  private List<ResourceChange> resources() {
    Map<String, List<StackPart>> standingOf = new TreeMap<>();
    standing
        .values()
        .forEach(
            part ->
                standingOf
                    .computeIfAbsent(part.id().resource(), none -> new ArrayList<>())
                    .add(part));
    List<ResourceChange> all = new ArrayList<>();
    for (ResourceNode node : after.nodes()) {
      ResourceChange ofComputed = computed.get(node.path());
      List<StackPart> old = standingOf.getOrDefault(node.path(), List.of());
      if (ofComputed != null) {
        all.add(ofComputed);
      } else if (!old.isEmpty() || wantedOf.containsKey(node.path())) {
        all.add(resource(node, old));
      }
    }
    Set<String> told = new HashSet<>();
    for (ResourceNode node : before.nodes()) {
      if (after.find(node.path()).isEmpty()) {
        told.add(node.path());
        List<StackPart> there = new ArrayList<>(standingOf.getOrDefault(node.path(), List.of()));
        there.addAll(outgoing(node.path()));
        // What nothing needed in any place was nowhere, and does not go.
        if (node.type().footing() == Footing.COMPUTED || !there.isEmpty()) {
          all.add(removed(node, there));
        }
      }
    }
    origin.map(known -> known.graph().nodes()).orElse(List.of()).stream()
        .filter(node -> after.find(node.path()).isEmpty() && !told.contains(node.path()))
        .filter(node -> !outgoing(node.path()).isEmpty())
        .forEach(node -> all.add(removed(node, outgoing(node.path()))));
    return all;
  }

  /** Of a resource that an update before has given up or made anew, what is there still. */
  private List<StackPart> outgoing(String resource) {
    return outgoing.stream().filter(part -> part.id().resource().equals(resource)).toList();
  }

  private ResourceChange resource(ResourceNode node, List<StackPart> old) {
    List<PlannedPart> now = wantedOf.getOrDefault(node.path(), List.of());
    Set<String> causes = new LinkedHashSet<>();
    boolean newFirst = true;
    for (PlannedPart part : now) {
      PartChange change = changes.get(part.id());
      causes.addAll(change.causes());
      newFirst &= change.kind() != Kind.REPLACED || change.newFirst();
    }
    ResourceChange.Kind kind = kind(node.path(), old, now, causes);
    List<StackPart> from = outgoing(node.path()).isEmpty() ? old : outgoing(node.path());
    DeletionPolicy kept =
        from.stream().map(StackPart::deletionPolicy).findFirst().orElse(DeletionPolicy.DELETE);
    JsonObject shape =
        now.stream()
            .flatMap(part -> Optional.ofNullable(shapes.get(part.id())).stream())
            .map(SideBySide.Shapes::after)
            .findFirst()
            .orElse(JsonValue.EMPTY_JSON_OBJECT);
    return new ResourceChange(
        node.path(),
        node.type().name(),
        kind,
        places(from),
        now.stream().map(part -> place(part.id(), part.availabilityZone())).sorted().toList(),
        List.copyOf(causes),
        Interruptions.of(kind, node.type().name(), causes, newFirst, kept, shape));
  }

  private ResourceChange.Kind kind(
      String resource, List<StackPart> old, List<PlannedPart> now, Set<String> causes) {
    boolean going = !outgoing(resource).isEmpty();
    if (old.isEmpty()) {
      return going ? ResourceChange.Kind.REPLACED : ResourceChange.Kind.ADDED;
    }
    if (now.isEmpty()) {
      return ResourceChange.Kind.REMOVED;
    }
    Set<Kind> kinds = new HashSet<>();
    now.forEach(part -> kinds.add(changes.get(part.id()).kind()));
    Set<Place> regions = new TreeSet<>();
    old.forEach(part -> regions.add(part.id().place()));
    if (causes.contains(TYPE) || !old.get(0).type().equals(now.get(0).type())) {
      return ResourceChange.Kind.REPLACED;
    }
    boolean leaves = now.stream().noneMatch(part -> regions.contains(part.id().place()));
    if (leaves || kinds.contains(Kind.REPLACED) && causes.equals(Set.of(ZONE))) {
      return ResourceChange.Kind.MOVED;
    }
    if (kinds.contains(Kind.REPLACED)) {
      return ResourceChange.Kind.REPLACED;
    }
    if (!kinds.equals(Set.of(Kind.UNCHANGED)) || regions.size() != now.size()) {
      return ResourceChange.Kind.UPDATED;
    }
    // What was begun before has still to be carried out.
    if (going) {
      return ResourceChange.Kind.REPLACED;
    }
    if (old.stream().noneMatch(StackPart::isMade)) {
      return ResourceChange.Kind.ADDED;
    }
    return old.stream().allMatch(StackPart::isMade)
        ? ResourceChange.Kind.UNCHANGED
        : ResourceChange.Kind.UPDATED;
  }

  private static ResourceChange removed(ResourceNode node, List<StackPart> old) {
    DeletionPolicy kept = node.deletionPolicy();
    boolean isComputed = node.type().footing() == Footing.COMPUTED;
    return new ResourceChange(
        node.path(),
        node.type().name(),
        ResourceChange.Kind.REMOVED,
        places(old),
        List.of(),
        List.of(),
        isComputed || old.stream().allMatch(StackPart::isUntouched)
            ? Optional.empty()
            : Interruptions.of(
                ResourceChange.Kind.REMOVED,
                node.type().name(),
                List.of(),
                false,
                kept,
                JsonValue.EMPTY_JSON_OBJECT));
  }

  private static List<Place> places(List<StackPart> parts) {
    return parts.stream().map(part -> place(part.id(), part.availabilityZone())).sorted().toList();
  }

  private static Place place(PartId id, Optional<String> zone) {
    return zone.map(name -> Place.inZone(id.cloud(), id.region(), name)).orElse(id.place());
  }
}
