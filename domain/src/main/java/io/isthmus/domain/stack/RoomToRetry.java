package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.RelocationService;
import io.isthmus.domain.placement.Room;
import io.isthmus.domain.placement.Room.Lack;
import io.isthmus.domain.stack.StackPart.Goal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a creation or an update that failed can be taken up again: what is still missing of the
 * stack must fit into what quotas leave, where that is known, or have another place. What is not
 * known is left to the clouds, which refuse what does not fit.
 */
@ApplicationScoped
public class RoomToRetry {

  /** What was read of a cloud's quotas before is not held against anybody. */
  static final Duration CURRENT = Duration.ofMinutes(3);

  private FederationService federation;
  private Relocations relocations;
  private Supplier<Blueprints> blueprints;

  @Inject
  RoomToRetry(
      FederationService federation,
      RelocationService relocations,
      Instance<Blueprints> blueprints) {
    this(
        federation,
        (stack, graph, standing) ->
            relocations.again(stack.project(), stack.id().value(), stack.policy(), graph, standing),
        blueprints::get);
  }

  RoomToRetry(
      FederationService federation, Relocations relocations, Supplier<Blueprints> blueprints) {
    this.federation = federation;
    this.relocations = relocations;
    this.blueprints = blueprints;
  }

  /** For the container's proxies. */
  protected RoomToRetry() {}

  /**
   * Takes the project's turn, so that what is found is still there when the wish is written in the
   * same transaction.
   *
   * @param parts all of the stack's
   * @throws FederationFault QUOTA_EXCEEDED, naming each quota that leaves too little;
   *     POLICY_INVALID, TEMPLATE_INVALID when something is short and another place cannot be looked
   *     for
   */
  void require(Stack stack, List<StackPart> parts, Instant now) {
    federation.takeTurn(stack.project());
    List<StackPart> wanted = parts.stream().filter(part -> part.goal() == Goal.PRESENT).toList();
    List<StackPart> missing = wanted.stream().filter(RoomToRetry::isMissing).toList();
    List<StackPart> leaving = parts.stream().filter(RoomToRetry::isLeaving).toList();
    List<Lack> lacks =
        Room.lacking(
            federation.snapshotToPlan(stack.project()),
            needed(stack, missing, leaving),
            since(wanted, now));
    if (!lacks.isEmpty() && !isElsewhere(stack, wanted, missing, lacks, now)) {
      throw refused(stack, lacks);
    }
  }

  /**
   * Where quotas leave too little for what a stack that goes back needs more than it has. In the
   * project's turn, which who asks has taken.
   *
   * @param needed by region
   * @return the regions, each with the reason
   */
  @Transactional
  public Map<Place, FederationFault> lacking(
      Stack stack, Map<Place, Map<LimitKind, Long>> needed, Instant now) {
    List<Lack> lacks =
        Room.lacking(federation.snapshotToPlan(stack.project()), needed, now.minus(CURRENT));
    Map<Place, FederationFault> lacking = new HashMap<>();
    needed.forEach(
        (place, amounts) -> {
          List<Lack> here =
              lacks.stream()
                  .filter(lack -> lack.region().filter(region -> !region.equals(place)).isEmpty())
                  .filter(lack -> amounts.containsKey(lack.kind()))
                  .toList();
          if (!here.isEmpty()) {
            lacking.put(place, new FederationFault(FaultCode.QUOTA_EXCEEDED, reasons(here)));
          }
        });
    return lacking;
  }

  /** No cloud has it, nor may have made it unknown to us: no quota counts it. */
  private static boolean isMissing(StackPart part) {
    return !part.isComplete()
        && part.state().physicalId().isEmpty()
        && !part.status().equals(StackStatus.CREATING);
  }

  /** Its room is free before anything takes its place. */
  private static boolean isLeaving(StackPart part) {
    return part.goal() == Goal.ABSENT && part.exists();
  }

  private static Map<Place, Map<LimitKind, Long>> needed(
      Stack stack, List<StackPart> missing, List<StackPart> leaving) {
    boolean back = stack.status().action() == StackAction.ROLLBACK;
    Set<PartId> ids = missing.stream().map(StackPart::id).collect(Collectors.toSet());
    Map<Place, Map<LimitKind, Long>> needed = new HashMap<>();
    missing.forEach(part -> add(needed, part, 1));
    // On a way back all that goes at once is waited for; else what makes room for its successor.
    leaving.stream()
        .filter(part -> needed.containsKey(part.id().place()))
        .filter(part -> back || ids.contains(part.id()))
        .forEach(part -> add(needed, part, -1));
    return needed;
  }

  private static void add(Map<Place, Map<LimitKind, Long>> sum, StackPart part, int sign) {
    Map<LimitKind, Long> there =
        sum.computeIfAbsent(part.id().place(), none -> new EnumMap<>(LimitKind.class));
    part.counts().forEach((kind, amount) -> there.merge(kind, sign * amount, Long::sum));
  }

  /** A reading from before something was refused shows nothing of what was done about that. */
  private static Instant since(List<StackPart> wanted, Instant now) {
    return Stream.concat(
            Stream.of(now.minus(CURRENT)),
            wanted.stream().flatMap(part -> part.state().trouble().stream()).map(Trouble::at))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** Whether all that lacks room where it shall be has another place within the policy. */
  private boolean isElsewhere(
      Stack stack, List<StackPart> wanted, List<StackPart> missing, List<Lack> lacks, Instant now) {
    if (lacks.stream().anyMatch(lack -> lack.region().isEmpty())) {
      // The federation's own quotas are as short elsewhere, or no cloud would refuse and let it
      // move.
      return false;
    }
    List<StackPart> without = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (StackPart part : missing) {
      lack(part, lacks)
          .ifPresent(
              lack -> {
                without.add(part);
                refusals.add(
                    new Refusal(
                        part.id().resource(),
                        part.id().place(),
                        FaultCode.QUOTA_EXCEEDED,
                        lack.reason(),
                        now));
              });
    }
    return relocations.again(
            stack, blueprints.get().graph(stack), StackStanding.of(wanted, without, refusals))
        instanceof Relocation.Moved;
  }

  private static Optional<Lack> lack(StackPart part, List<Lack> lacks) {
    return lacks.stream()
        .filter(lack -> lack.region().equals(Optional.of(part.id().place())))
        .filter(lack -> part.counts().getOrDefault(lack.kind(), 0L) > 0)
        .findFirst();
  }

  private static Phrase reasons(List<Lack> lacks) {
    return lacks.stream()
        .map(Lack::reason)
        .reduce((one, next) -> Phrase.of("stack.sentences", one, next))
        .orElseThrow();
  }

  private static FederationFault refused(Stack stack, List<Lack> lacks) {
    return new FederationFault(
        FaultCode.QUOTA_EXCEEDED,
        Phrase.of("stack.no-room-to-retry", stack.name(), reasons(lacks)),
        lacks.stream()
            .map(
                lack ->
                    Violation.at(
                        "stack",
                        lack.reason(),
                        Phrase.of(
                            lack.region().isPresent()
                                ? "stack.make-room-in-cloud"
                                : "stack.make-room")))
            .toList());
  }
}
