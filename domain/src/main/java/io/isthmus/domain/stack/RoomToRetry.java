package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.RelocationService;
import io.isthmus.domain.placement.Room;
import io.isthmus.domain.placement.Room.Lack;
import io.isthmus.domain.stack.StackPart.Goal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
    List<Lack> lacks =
        Room.lacking(
            federation.snapshotToPlan(stack.project()), needed(missing), since(wanted, now));
    if (!lacks.isEmpty() && !isElsewhere(stack, wanted, missing, lacks, now)) {
      throw refused(stack, lacks);
    }
  }

  /** No cloud has it, nor may have made it unknown to us: no quota counts it. */
  private static boolean isMissing(StackPart part) {
    return !part.isComplete()
        && part.state().physicalId().isEmpty()
        && !part.status().equals(StackStatus.CREATING);
  }

  private static Map<Place, Map<LimitKind, Long>> needed(List<StackPart> missing) {
    Map<Place, Map<LimitKind, Long>> needed = new HashMap<>();
    for (StackPart part : missing) {
      Map<LimitKind, Long> there =
          needed.computeIfAbsent(part.id().place(), none -> new EnumMap<>(LimitKind.class));
      part.counts().forEach((kind, amount) -> there.merge(kind, amount, Long::sum));
    }
    return needed;
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

  private static FederationFault refused(Stack stack, List<Lack> lacks) {
    return new FederationFault(
        FaultCode.QUOTA_EXCEEDED,
        Phrase.of(
            "stack.no-room-to-retry",
            stack.name(),
            lacks.stream()
                .map(Lack::reason)
                .reduce((one, next) -> Phrase.of("stack.sentences", one, next))
                .orElseThrow()),
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
