package io.isthmus.domain.insurance;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * How far a rehearsal is that moves a stack and moves it back.
 *
 * @param rehearsal whose report it is
 * @param outcome what came of it; empty while that is open
 * @param why what is waited for, or what came of it, as people read it
 * @param backBy who has it moved back; empty for nobody yet, or for itself
 * @param detection what a true loss takes longer: for how long the cloud has to be silent by the
 *     policy before anything is made anew
 * @param plan by which it moved
 * @param backPlan by which it moves back; empty before
 * @param clears whether what was left behind is removed
 * @param tries how often moving back has failed or found no room
 * @param story each reason in turn
 */
public record RehearsalRun(
    UUID rehearsal,
    StackId stack,
    CloudId cloud,
    Phase phase,
    Returns returns,
    Optional<Outcome> outcome,
    Phrase why,
    Person askedBy,
    Optional<Person> backBy,
    Duration detection,
    PlanId plan,
    Optional<PlanId> backPlan,
    boolean clears,
    int tries,
    List<RehearsedServer> servers,
    Times times,
    List<Told> story) {

  /** What is being done. */
  public enum Phase {
    /** What stands in the cloud is being made anew elsewhere. */
    MOVING,
    /** It is there, and a person says when it moves back. */
    AWAY,
    /** It moves back. */
    RETURNING,
    /** What was left behind is being removed. */
    CLEARING,
    ENDED;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When it moves back. */
  public enum Returns {
    /** As soon as all is there. */
    AT_ONCE,
    /** When a person says so. */
    ASK;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws FederationFault REQUEST_INVALID for anything else
     */
    public static Returns parse(String text) {
      return Arrays.stream(values())
          .filter(one -> one.text().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  FederationFault.invalid(
                      "returns",
                      Phrase.of("insurance.return-unknown", text),
                      Phrase.of("insurance.return-remedy")));
    }
  }

  /** What came of it. */
  public enum Outcome {
    /** All moved, and moved back. */
    RETURNED,
    /** Something did not come up elsewhere; all is back. */
    FAILED,
    /** A cloud was lost in truth meanwhile; what is done about that went before. */
    OVERTAKEN,
    /** Somebody changed the stack meanwhile; what was left behind was removed. */
    CHANGED,
    /** The stack was deleted meanwhile. */
    ABANDONED;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param subject id of the person
   */
  public record Person(String subject, String name) {}

  /** What was told, and when. */
  public record Told(Instant at, Phrase why) {}

  /**
   * When what was done.
   *
   * @param movedAt all that moves did its work elsewhere, or was given up
   * @param returningAt it began to move back
   * @param returnedAt all did its work where it stood before, or was given up
   */
  public record Times(
      Instant startedAt,
      Optional<Instant> movedAt,
      Optional<Instant> returningAt,
      Optional<Instant> returnedAt,
      Optional<Instant> endedAt) {

    static Times from(Instant start) {
      return new Times(
          start, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  public RehearsalRun {
    servers = List.copyOf(servers);
    story = List.copyOf(story);
  }

  /**
   * From the beginning to the last server doing its work elsewhere, without {@link #detection}.
   *
   * @return empty until all do
   */
  public Optional<Duration> recovery() {
    return span(Optional.of(times.startedAt()), RehearsedServer::away);
  }

  /**
   * From when it began to move back to the last server doing its work where it stood.
   *
   * @return empty until all do
   */
  public Optional<Duration> homecoming() {
    return span(times.returningAt(), RehearsedServer::back);
  }

  private Optional<Duration> span(
      Optional<Instant> start, Function<RehearsedServer, RehearsedServer.Leg> leg) {
    List<Instant> well =
        servers.stream().flatMap(one -> one.well(leg.apply(one)).stream()).toList();
    return well.size() < servers.size()
        ? Optional.empty()
        : start.flatMap(
            from -> well.stream().max(Instant::compareTo).map(at -> Duration.between(from, at)));
  }

  /** Whether a person may have it moved back now. */
  public boolean mayReturn() {
    return backBy.isEmpty()
        && (phase == Phase.AWAY || phase == Phase.MOVING && returns == Returns.ASK);
  }

  /** Whether all servers do their work elsewhere, or are not waited for any longer. */
  boolean isAway() {
    return servers.stream().allMatch(one -> isThrough(one, one.away()));
  }

  /** The same for where they stood. */
  boolean isBack() {
    return servers.stream().allMatch(one -> isThrough(one, one.back()));
  }

  private static boolean isThrough(RehearsedServer server, RehearsedServer.Leg leg) {
    return server.well(leg).isPresent() || leg.unanswered();
  }

  RehearsalRun measured(List<RehearsedServer> seen) {
    return with(phase, outcome, why, backPlan, clears, tries, seen, times);
  }

  /** The same in another phase. */
  RehearsalRun in(Phase next, Phrase reason) {
    return with(next, outcome, reason, backPlan, clears, tries, servers, times);
  }

  /** All is elsewhere, or is not waited for. */
  RehearsalRun moved(Phase next, Optional<Outcome> came, Phrase reason, Instant now) {
    return with(
        next,
        came,
        reason,
        backPlan,
        clears,
        tries,
        servers,
        new Times(
            times.startedAt(),
            Optional.of(now),
            times.returningAt(),
            times.returnedAt(),
            times.endedAt()));
  }

  RehearsalRun returning(PlanId by, Phrase reason, Instant now) {
    return with(
        Phase.RETURNING,
        outcome,
        reason,
        Optional.of(by),
        clears,
        tries,
        servers.stream().map(one -> one.back(RehearsedServer.Leg.NONE.off(now))).toList(),
        new Times(
            times.startedAt(),
            times.movedAt(),
            Optional.of(now),
            times.returnedAt(),
            times.endedAt()));
  }

  /**
   * Moving back has failed or found no place; it is tried again, once what was left behind does not
   * take any room there.
   */
  RehearsalRun again(Phrase reason) {
    return with(
        Phase.RETURNING, outcome, reason, Optional.empty(), true, tries + 1, servers, times);
  }

  /** What was left behind is removed. */
  RehearsalRun clearing(Outcome came, Phrase reason, Instant now) {
    Optional<Instant> returned =
        came == Outcome.RETURNED || came == Outcome.FAILED ? Optional.of(now) : Optional.empty();
    return with(
        Phase.CLEARING,
        Optional.of(came),
        reason,
        backPlan,
        true,
        tries,
        servers,
        new Times(
            times.startedAt(),
            times.movedAt(),
            times.returningAt(),
            times.returnedAt().or(() -> returned),
            times.endedAt()));
  }

  RehearsalRun ended(Outcome came, Phrase reason, Instant now) {
    return with(
        Phase.ENDED,
        Optional.of(came),
        reason,
        backPlan,
        false,
        tries,
        servers,
        new Times(
            times.startedAt(),
            times.movedAt(),
            times.returningAt(),
            times.returnedAt(),
            Optional.of(now)));
  }

  private RehearsalRun with(
      Phase next,
      Optional<Outcome> came,
      Phrase reason,
      Optional<PlanId> back,
      boolean removes,
      int newTries,
      List<RehearsedServer> seen,
      Times newTimes) {
    return new RehearsalRun(
        rehearsal, stack, cloud, next, returns, came, reason, askedBy, backBy, detection, plan,
        back, removes, newTries, seen, newTimes, story);
  }
}
