package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.probe.ProbeState;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a look at a stack's parts and probes tells of the servers of a rehearsal. Pure.
 *
 * <p>Nothing is told better than it was: where the exact moment is not known, the one is taken that
 * makes the interruption longer.
 */
final class Measuring {

  /** How long the probes of what is complete are waited for. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String SERVER = "OS::Nova::Server";

  private final RehearsalRun run;
  private final Collection<StackPart> parts;
  private final List<ProbeResult> probes;
  private final Instant now;

  private Measuring(
      RehearsalRun run, Collection<StackPart> parts, List<ProbeResult> probes, Instant now) {
    this.run = run;
    this.parts = parts;
    this.probes = probes;
    this.now = now;
  }

  /**
   * @param parts of the stack, all generations
   * @param probes of the stack, as they are known
   * @return the same with what is seen now
   */
  static RehearsalRun seen(
      RehearsalRun run, Collection<StackPart> parts, List<ProbeResult> probes, Instant now) {
    Measuring measuring = new Measuring(run, parts, probes, now);
    return switch (run.phase()) {
      case MOVING, AWAY -> run.measured(run.servers().stream().map(measuring::away).toList());
      case RETURNING ->
          run.backPlan().isPresent()
              ? run.measured(run.servers().stream().map(measuring::back).toList())
              : run;
      case CLEARING, ENDED -> run;
    };
  }

  /** Whether all of a server's probes are answered, from anywhere. */
  static boolean answers(PartId server, List<ProbeResult> probes) {
    return answered(server, probes, Instant.MIN).isPresent();
  }

  private RehearsedServer away(RehearsedServer server) {
    RehearsedServer seen = server;
    boolean stopped =
        parts.stream()
            .filter(part -> isOf(part, server) && part.id().cloud().equals(run.cloud()))
            .anyMatch(part -> part.isReplaced() && part.isBack() && !part.mayStillRun());
    if (stopped) {
      seen = seen.stopped(now);
    }
    Optional<StackPart> made = standing(server, part -> !part.id().cloud().equals(run.cloud()));
    if (made.isEmpty()) {
      return seen.away(seen.away().unmade());
    }
    return seen.at(place(made.get()))
        .away(leg(server, seen.away(), made.get(), run.times().startedAt()));
  }

  private RehearsedServer back(RehearsedServer server) {
    RehearsedServer.Leg leg = server.back();
    boolean works =
        parts.stream()
            .filter(part -> isOf(part, server) && !part.id().cloud().equals(run.cloud()))
            .anyMatch(
                part ->
                    (part.goal() == Goal.PRESENT || part.goal() == Goal.OUTGOING)
                        && part.status().isWhole());
    if (works) {
      leg = leg.off(now);
    }
    Optional<StackPart> made = standing(server, part -> part.id().cloud().equals(run.cloud()));
    return server.back(
        made.isEmpty()
            ? leg.unmade()
            : leg(server, leg, made.get(), run.times().returningAt().orElse(now)));
  }

  private RehearsedServer.Leg leg(
      RehearsedServer server, RehearsedServer.Leg before, StackPart part, Instant start) {
    if (!part.isComplete()) {
      return before.unmade();
    }
    RehearsedServer.Leg leg = before.made(part.state().since());
    if (!server.probed() || leg.answeredAt().isPresent()) {
      return leg;
    }
    Optional<Instant> answered = answered(part.id(), probes, start);
    if (answered.isPresent()) {
      return leg.answered(answered.get());
    }
    return now.isBefore(lastMade(part).plus(PATIENCE)) ? leg : leg.givenUp();
  }

  /** Nothing is asked of servers before all of the stack is there. */
  private Instant lastMade(StackPart part) {
    return parts.stream()
        .filter(one -> one.goal() == Goal.PRESENT && one.type().equals(SERVER))
        .map(one -> one.state().since())
        .max(Instant::compareTo)
        .orElse(part.state().since());
  }

  private Optional<StackPart> standing(RehearsedServer server, Predicate<StackPart> there) {
    return parts.stream()
        .filter(part -> isOf(part, server) && part.goal() == Goal.PRESENT)
        .filter(there)
        .findFirst();
  }

  private static boolean isOf(StackPart part, RehearsedServer server) {
    return part.type().equals(SERVER) && part.id().resource().equals(server.resource());
  }

  static Place place(StackPart part) {
    return part.availabilityZone()
        .map(zone -> Place.inZone(part.id().cloud(), part.id().region(), zone))
        .orElse(part.id().place());
  }

  /** When the last of a server's probes was answered first; empty while one is not. */
  private static Optional<Instant> answered(
      PartId server, List<ProbeResult> probes, Instant notBefore) {
    Map<Probe, Optional<Instant>> first = new HashMap<>();
    for (ProbeResult probe : probes) {
      if (probe.part().equals(server)) {
        Optional<Instant> since =
            Optional.of(probe.state())
                .filter(state -> state.outcome() == ProbeState.Outcome.ANSWERED)
                .map(ProbeState::since)
                .filter(at -> !at.isBefore(notBefore));
        first.merge(probe.probe(), since, Measuring::earlier);
      }
    }
    return first.values().stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : first.values().stream().map(Optional::get).max(Instant::compareTo);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || other.isPresent() && other.get().isBefore(one.get()) ? other : one;
  }
}
