package io.isthmus.domain.drift;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.drift.DriftStore.Kept;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.StackMirror;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.StackView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be asked of drift. Waits for no cloud. */
@ApplicationScoped
public class Drifts {

  private StackService service;
  private StackStore stacks;
  private DriftStore drifts;
  private StackMirror mirror;
  private DriftComparison comparison;

  @Inject
  Drifts(
      StackService service,
      StackStore stacks,
      DriftStore drifts,
      StackMirror mirror,
      DriftComparison comparison) {
    this.service = service;
    this.stacks = stacks;
    this.drifts = drifts;
    this.mirror = mirror;
    this.comparison = comparison;
  }

  /** For the container's proxies. */
  protected Drifts() {}

  /**
   * What of a stack was changed behind our back.
   *
   * @throws FederationFault NOT_FOUND, also for a stack of others
   */
  @Audited(action = "read", target = "stack-drift")
  @Transactional
  public DriftReport of(StackId id, Caller caller) {
    StackView stack = service.require(id, caller);
    List<StackPart> all = stacks.parts(id);
    Instant latest = DriftComparison.latest(all);
    Map<String, MirrorKind> kinds = comparison.kinds();
    Map<PartKey, Kept> kept = drifts.kept(id);
    List<StackMirror.Numbered> lists = mirror.lists(stack.project());
    List<PartDrift> parts = new ArrayList<>();
    Set<MirrorAge> ages = new HashSet<>();
    int comparable = 0;
    for (StackPart part : all) {
      Optional<MirrorKind> kind = Optional.ofNullable(kinds.get(part.type()));
      if (!part.isComplete()) {
        if (kind.isPresent() && part.goal() == StackPart.Goal.PRESENT) {
          comparable++;
          parts.add(
              new PartDrift(
                  part.id(),
                  part.type(),
                  false,
                  List.of(),
                  Optional.of(Untold.NOT_COMPLETE),
                  Set.of(),
                  Optional.empty()));
        }
        continue;
      }
      Optional<DriftComparison.Told> told =
          kind.map(one -> DriftComparison.told(lists, part, one, latest));
      comparable += kind.isPresent() ? 1 : 0;
      told.flatMap(DriftComparison.Told::list).ifPresent(list -> ages.add(list.age()));
      drift(
              part,
              told.flatMap(DriftComparison.Told::untold),
              Optional.ofNullable(kept.get(part.key())))
          .ifPresent(parts::add);
    }
    parts.sort(Comparator.comparing(PartDrift::id));
    return new DriftReport(
        stack.drift().choice(),
        parts,
        comparable,
        ages.stream()
            .sorted(
                Comparator.comparing((MirrorAge age) -> age.cloud().text())
                    .thenComparing(MirrorAge::region)
                    .thenComparing(MirrorAge::kind))
            .toList(),
        drifts.comparedAt(id));
  }

  private static Optional<PartDrift> drift(
      StackPart part, Optional<Untold> untold, Optional<Kept> kept) {
    if (DriftComparison.hasVanished(part)) {
      return Optional.of(
          new PartDrift(
              part.id(),
              part.type(),
              true,
              List.of(),
              Optional.empty(),
              Set.of(),
              Optional.of(part.state().missingSince().orElse(part.state().updatedAt()))));
    }
    // What was found before names only were ruled, or before an update, is not told any more.
    Optional<Kept> known =
        kept.filter(one -> !untold.equals(Optional.of(Untold.NAMES_ONLY)))
            .filter(one -> !one.isOutdated(part));
    Set<String> cut = known.map(Kept::untold).orElse(Set.of());
    Optional<Untold> why =
        untold.or(() -> cut.isEmpty() ? Optional.empty() : Optional.of(Untold.INCOMPLETE));
    List<Drifted> properties = known.map(Kept::properties).orElse(List.of());
    return properties.isEmpty() && why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PartDrift(
                part.id(),
                part.type(),
                false,
                properties,
                why,
                cut,
                known.filter(one -> !one.properties().isEmpty()).map(Kept::since)));
  }
}
