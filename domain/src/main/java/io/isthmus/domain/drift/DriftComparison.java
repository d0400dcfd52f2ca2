package io.isthmus.domain.drift;

import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.drift.DriftStore.Choice;
import io.isthmus.domain.drift.DriftStore.Kept;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.StackMirror;
import io.isthmus.domain.stack.Blueprints;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PhysicalNames;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackSecrets;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.template.HiddenValues;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Compares a stack with the mirror and keeps what differs. What became different, and what is right
 * again, goes into the stack's story. Writes nothing of parts that are as they were given.
 */
@ApplicationScoped
public class DriftComparison {

  /** Most properties of one part that events tell of at a time; all of them are kept. */
  private static final int MOST_TOLD = 5;

  /** Characters of a value in an event. */
  private static final int LONGEST_VALUE = 200;

  private DriftStore drifts;
  private StackStore stacks;
  private StackMirror mirror;
  private Supplier<Blueprints> blueprints;
  private Iterable<PartComparison> comparisons;
  private Clock clock;
  private volatile Map<String, PartComparison> byType;

  @Inject
  DriftComparison(
      DriftStore drifts,
      StackStore stacks,
      StackMirror mirror,
      Instance<Blueprints> blueprints,
      Instance<PartComparison> comparisons) {
    this(drifts, stacks, mirror, blueprints::get, comparisons, Clock.systemUTC());
  }

  DriftComparison(
      DriftStore drifts,
      StackStore stacks,
      StackMirror mirror,
      Supplier<Blueprints> blueprints,
      Iterable<PartComparison> comparisons,
      Clock clock) {
    this.drifts = drifts;
    this.stacks = stacks;
    this.mirror = mirror;
    this.blueprints = blueprints;
    this.comparisons = comparisons;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected DriftComparison() {}

  /** Asked for at the first use, because their module may start later. */
  private Map<String, PartComparison> byType() {
    if (byType == null) {
      Map<String, PartComparison> all = new HashMap<>();
      comparisons.forEach(one -> one.types().forEach(type -> all.put(type, one)));
      byType = Map.copyOf(all);
    }
    return byType;
  }

  /** What the mirror calls the types that can be compared. */
  public Map<String, MirrorKind> kinds() {
    Map<String, MirrorKind> kinds = new HashMap<>();
    byType().forEach((type, comparison) -> kinds.put(type, comparison.kind()));
    return kinds;
  }

  /**
   * Those of some stacks that are not as they were when they were last compared.
   *
   * @return in no order
   */
  @Transactional
  public Set<StackId> differing(Set<StackId> some) {
    Map<StackId, String> now = drifts.digests(some, kinds());
    Map<StackId, String> before = drifts.compared(some);
    Set<StackId> differing = new HashSet<>();
    for (StackId stack : some) {
      if (!now.getOrDefault(stack, "").equals(before.get(stack))) {
        differing.add(stack);
      }
    }
    return differing;
  }

  /** Compares one stack; nothing happens when it is as it was when it was last compared. */
  @Transactional
  public void compare(StackId id) {
    // By one server at a time: the others find that there is nothing left to do.
    stacks.takeTurns(Set.of("drift/" + id));
    Optional<Stack> stack = stacks.find(id);
    if (stack.isEmpty() || !stack.get().status().isTerminal()) {
      return;
    }
    if (stack.get().isLeaving()) {
      drifts.forget(id);
      return;
    }
    String digest = drifts.digests(Set.of(id), kinds()).getOrDefault(id, "");
    if (!Optional.of(digest).equals(Optional.ofNullable(drifts.compared(Set.of(id)).get(id)))) {
      new One(stack.get()).compare(digest);
    }
  }

  /** How much the lists tell of a part. */
  record Told(Optional<StackMirror.Numbered> list, Optional<Untold> untold) {}

  /**
   * How much the lists tell of parts.
   *
   * @param kind of the part's type
   * @param latest when something was last done to the stack
   */
  static Told told(
      List<StackMirror.Numbered> lists, StackPart part, MirrorKind kind, Instant latest) {
    Optional<StackMirror.Numbered> list =
        lists.stream()
            .filter(one -> one.age().kind() == kind)
            .filter(one -> one.age().cloud().equals(part.id().cloud()))
            .filter(one -> one.age().region().equals(part.id().region()))
            .findFirst();
    Optional<MirrorAge> age = list.map(StackMirror.Numbered::age);
    if (age.filter(one -> one.kept() == Mirrored.NAMES).isPresent()) {
      return new Told(list, Optional.of(Untold.NAMES_ONLY));
    }
    boolean fresh = age.flatMap(MirrorAge::readAt).filter(latest::isBefore).isPresent();
    return new Told(list, fresh ? Optional.empty() : Optional.of(Untold.NOT_READ));
  }

  /** When something was last done to any part. */
  static Instant latest(List<StackPart> parts) {
    return parts.stream()
        .map(part -> part.state().since())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** One stack under comparison. */
  private final class One {

    private final Stack stack;
    private final Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    private final List<StackPart> parts;
    private final Instant latest;
    private final List<StackMirror.Numbered> lists;
    private final Map<Long, Map<String, MirrorItem>> items = new HashMap<>();
    private final Map<PartKey, Kept> before;
    private final Map<PartKey, Choice> choices;
    private final Map<PartKey, Choice> fresh = new HashMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private boolean changed;
    private int untold;
    private boolean waiting;
    private HiddenValues hidden;
    private DriftChoice choice;

    One(Stack stack) {
      this.stack = stack;
      List<StackPart> all = stacks.parts(stack.id());
      latest = DriftComparison.latest(all);
      TreeMap<PartKey, StackPart> finished = new TreeMap<>();
      all.stream()
          .filter(StackPart::isComplete)
          .filter(part -> part.state().physicalId().isPresent())
          .forEach(part -> finished.put(part.key(), part));
      parts = List.copyOf(finished.values());
      lists = mirror.lists(stack.project());
      before = new HashMap<>(drifts.kept(stack.id()));
      choices = drifts.choices(stack.id());
    }

    void compare(String digest) {
      Set<String> ids = new HashSet<>();
      parts.forEach(part -> ids.add(part.state().physicalId().orElseThrow()));
      mirror
          .items(lists.stream().map(StackMirror.Numbered::number).toList(), stack.id(), ids)
          .forEach(
              listed ->
                  items
                      .computeIfAbsent(listed.list(), list -> new HashMap<>())
                      .put(listed.item().id(), listed.item()));
      for (StackPart part : parts) {
        PartComparison comparison = byType().get(part.type());
        if (comparison != null && part.state().properties().isPresent()) {
          compare(part, comparison);
        }
      }
      drifts.choose(stack.id(), fresh);
      // Of parts that are gone, or are not finished any more.
      before.values().forEach(this::drop);
      drifts.compared(stack.id(), digest, untold, waiting, now);
      if (changed) {
        stacks.tell(stack.id(), happenings, now);
        if (putsRight()) {
          stacks.wake(stack.id(), now);
        }
      }
    }

    private void compare(StackPart part, PartComparison comparison) {
      Told told = DriftComparison.told(lists, part, comparison.kind(), latest);
      if (told.untold().isPresent()) {
        untold++;
        waiting |= told.untold().get() == Untold.NOT_READ;
        if (told.untold().get() == Untold.NAMES_ONLY) {
          // No more of it may be kept here than there.
          if (choices.containsKey(part.key())) {
            drifts.unchoose(stack.id(), part.key());
          }
        } else if (!isOutdated(part)) {
          // What was known before is the best that is known.
          before.remove(part.key());
        }
        return;
      }
      Optional<MirrorItem> item =
          Optional.ofNullable(items.get(told.list().orElseThrow().number()))
              .map(known -> known.get(part.state().physicalId().orElseThrow()));
      if (item.isEmpty()) {
        // It has vanished, which the engine finds out by asking for it.
        return;
      }
      DesiredPart desired = desired(part);
      Surroundings around = new Region(part);
      JsonObject chosen = chosen(part, desired, comparison, item.get(), around);
      keep(part, comparison.compare(desired, chosen, item.get(), around));
    }

    private boolean isOutdated(StackPart part) {
      Kept kept = before.get(part.key());
      return kept != null && kept.isOutdated(part);
    }

    private JsonObject chosen(
        StackPart part,
        DesiredPart desired,
        PartComparison comparison,
        MirrorItem item,
        Surroundings around) {
      byte[] given = DriftComparison.digest(desired.properties());
      Choice known = choices.get(part.key());
      if (known != null && Arrays.equals(known.given(), given)) {
        return known.chosen();
      }
      JsonObject chosen = comparison.chosen(desired, item, around);
      fresh.put(part.key(), new Choice(given, chosen));
      return chosen;
    }

    private void keep(StackPart part, PartComparison.Compared compared) {
      Optional<Kept> known = Optional.ofNullable(before.remove(part.key()));
      if (compared.drifts().isEmpty() && !compared.untold().isEmpty()) {
        untold++;
      }
      if (compared.drifts().isEmpty() && compared.untold().isEmpty()) {
        known.ifPresent(
            kept -> {
              drop(kept);
              if (!kept.properties().isEmpty()) {
                happenings.add(
                    Happening.of(part, Phrase.of("drift.righted", name(part), place(part))));
              }
            });
        return;
      }
      List<Drifted> all = known.map(Kept::properties).orElse(List.of());
      List<Drifted> old =
          known.filter(kept -> !kept.isOutdated(part)).map(Kept::properties).orElse(List.of());
      List<Drifted> drifted = new ArrayList<>();
      List<PropertyDrift> news = new ArrayList<>();
      for (PropertyDrift found : compared.drifts()) {
        PropertyDrift masked = found.without(hidden());
        Optional<Drifted> same = old.stream().filter(one -> one.drift().equals(masked)).findFirst();
        Drifted one = same.orElseGet(() -> new Drifted(masked, now, triesOf(all, masked)));
        drifted.add(one);
        if (same.isEmpty() && one.tries() == 0) {
          news.add(masked);
        } else if (same.isEmpty() && one.tries() == Deviation.MOST_TRIES) {
          happenings.add(
              Happening.of(
                  part,
                  Phrase.of(
                      "drift.left",
                      name(part),
                      place(part),
                      masked.property(),
                      Phrase.number(one.tries()))));
        }
      }
      if (known.isPresent()
          && old.equals(drifted)
          && known.get().untold().equals(compared.untold())) {
        return;
      }
      changed = true;
      drifts.keep(
          stack.id(),
          new Kept(
              part.key(),
              drifted,
              compared.untold(),
              drifted.stream().map(Drifted::since).min(Instant::compareTo).orElse(now)));
      tell(part, news);
    }

    /** What was known before the part was last worked on, and is so again, was tried in vain. */
    private int triesOf(List<Drifted> known, PropertyDrift drift) {
      return putsRight()
          ? known.stream()
              .filter(one -> one.drift().equals(drift))
              .map(one -> one.tries() + 1)
              .findFirst()
              .orElse(0)
          : 0;
    }

    private boolean putsRight() {
      if (choice == null) {
        choice = stacks.onDrift(stack.id());
      }
      return choice == DriftChoice.REPAIR;
    }

    private void tell(StackPart part, List<PropertyDrift> news) {
      news.stream()
          .limit(MOST_TOLD)
          .forEach(drift -> happenings.add(Happening.of(part, words(part, drift))));
      if (news.size() > MOST_TOLD) {
        happenings.add(
            Happening.of(
                part,
                Phrase.of(
                    "drift.more",
                    name(part),
                    place(part),
                    Phrase.number(news.size() - MOST_TOLD))));
      }
    }

    private void drop(Kept kept) {
      drifts.forget(stack.id(), kept.part());
      changed = true;
    }

    private DesiredPart desired(StackPart part) {
      return new DesiredPart(
          part.id(),
          part.type(),
          new Mark(stack.id(), part.id().resource(), part.key().generation()),
          PhysicalNames.of(stack, part),
          part.state().physicalId(),
          part.availabilityZone(),
          part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT));
    }

    /** Also what it hid before: a part may have it still, or again. */
    private HiddenValues hidden() {
      if (hidden == null) {
        hidden = StackSecrets.of(stack, stacks, blueprints.get());
      }
      return hidden;
    }

    /** What is known around one part. */
    private final class Region implements Surroundings {

      private final StackPart part;

      Region(StackPart part) {
        this.part = part;
      }

      private Optional<Long> list(MirrorKind kind) {
        return DriftComparison.told(lists, part, kind, latest)
            .list()
            .map(StackMirror.Numbered::number);
      }

      @Override
      public List<MirrorItem> marked(MirrorKind kind, String mark) {
        return list(kind).map(items::get).map(Map::values).stream()
            .flatMap(Collection::stream)
            .filter(item -> item.mark().filter(mark::equals).isPresent())
            .toList();
      }

      @Override
      public List<String> named(MirrorKind kind, String name) {
        return list(kind).map(list -> mirror.named(list, name)).orElse(List.of());
      }

      @Override
      public Optional<String> name(MirrorKind kind, String id) {
        return list(kind).flatMap(list -> mirror.name(list, id));
      }

      @Override
      public Optional<Size> size(String idOrName) {
        return mirror
            .size(stack.project(), part.id().place(), idOrName)
            .map(size -> new Size(size.get(0), size.get(1)));
      }

      @Override
      public List<JsonObject> given(String type) {
        return parts.stream()
            .filter(other -> other.type().equals(type))
            .filter(other -> other.id().place().equals(part.id().place()))
            .flatMap(other -> other.state().properties().stream())
            .toList();
      }

      @Override
      public boolean isPart(String type, String physicalId) {
        return drifts.isPart(stack.id(), part.id().cloud(), part.id().region(), type, physicalId);
      }
    }
  }

  private static Phrase words(StackPart part, PropertyDrift drift) {
    String expected = drift.expected().map(DriftComparison::value).orElse("");
    String found = drift.found().map(DriftComparison::value).orElse("");
    String key =
        switch (drift.change()) {
          case OPENED -> "drift.opened";
          case CLOSED -> "drift.closed";
          case CHANGED ->
              expected.isEmpty()
                  ? "drift.added"
                  : found.isEmpty() ? "drift.removed" : "drift.changed";
        };
    return Phrase.of(key, name(part), place(part), drift.property(), expected, found);
  }

  private static String value(JsonValue value) {
    String text = PropertyDrift.text(value);
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }

  private static String name(StackPart part) {
    return part.type().substring(part.type().lastIndexOf(':') + 1) + " " + part.id().resource();
  }

  private static String place(StackPart part) {
    return part.id().cloud() + " / " + part.id().region();
  }

  /** Whether it is lost, as far as the engine knows. */
  static boolean hasVanished(StackPart part) {
    return part.state().health().state() == StackHealth.State.LOST;
  }

  private static byte[] digest(JsonObject given) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(given.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
