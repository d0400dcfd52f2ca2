package io.isthmus.domain.stack;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What is known of a part.
 *
 * @param properties as given to the cloud, references resolved; empty before it was asked for;
 *     encrypted at rest because hidden parameters are in them
 * @param attributes Heat's attributes at the last look
 * @param attempts calls made for the present action
 * @param replacements how often in a row it was replaced without becoming complete
 * @param nextTry not before then is the cloud asked again
 * @param since when it came into its status
 * @param missingSince when a cloud that answers first did not have it any more
 * @param updatedAt when something was last done about it, or seen to have changed; a look that
 *     fails sees nothing
 * @param before what its properties were before the update that is under way, or that failed, with
 *     all that was tried since; empty when there is none; encrypted at rest
 */
public record PartState(
    StackStatus status,
    StackHealth health,
    Optional<String> physicalId,
    Optional<String> cloudStatus,
    JsonObject attributes,
    Optional<JsonObject> properties,
    Optional<Trouble> trouble,
    int attempts,
    int replacements,
    Optional<Instant> nextTry,
    Instant since,
    Optional<Instant> missingSince,
    Instant updatedAt,
    Optional<JsonObject> before) {

  /** Member of what was before: the mark on what is to be taken over. */
  private static final String ADOPTED_FROM = "isthmus:adopted-from";

  /** Nothing exists. */
  public static PartState initial(Instant now) {
    return new PartState(
        StackStatus.INIT,
        StackHealth.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        JsonValue.EMPTY_JSON_OBJECT,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        now,
        Optional.empty(),
        now,
        Optional.empty());
  }

  /**
   * Something that is in its cloud already and is to be taken over.
   *
   * @param id the cloud's
   * @param from the mark that may be on it; empty when none may
   */
  public static PartState toBeAdopted(String id, Optional<Mark> from, Instant now) {
    PartState initial = initial(now);
    JsonObjectBuilder mark = Json.createObjectBuilder();
    from.ifPresent(
        known ->
            mark.add("stack", known.stack().toString())
                .add("resource", known.resource())
                .add("generation", known.generation()));
    return new PartState(
        initial.status,
        initial.health,
        Optional.of(id),
        initial.cloudStatus,
        initial.attributes,
        initial.properties,
        initial.trouble,
        0,
        0,
        initial.nextTry,
        now,
        initial.missingSince,
        now,
        Optional.of(Json.createObjectBuilder().add(ADOPTED_FROM, mark).build()));
  }

  /** Whether it is in its cloud already, and is not taken over yet. */
  public boolean isToBeAdopted() {
    return before.filter(had -> had.containsKey(ADOPTED_FROM)).isPresent();
  }

  /** The mark that may be on what is to be taken over. */
  public Optional<Mark> adoptedFrom() {
    return before
        .map(had -> had.getJsonObject(ADOPTED_FROM))
        .filter(mark -> mark.containsKey("stack"))
        .map(
            mark ->
                new Mark(
                    StackId.parse(mark.getString("stack")),
                    mark.getString("resource"),
                    mark.getInt("generation")));
  }

  /** Carries over from the generation before what a person or a limit needs to know. */
  PartState replacing(PartState old) {
    return new PartState(
        status,
        health,
        physicalId,
        cloudStatus,
        attributes,
        properties,
        old.trouble,
        attempts,
        old.replacements + 1,
        nextTry,
        since,
        missingSince,
        updatedAt,
        before);
  }

  /** A cloud is about to be asked; after a failure everything is counted from the start. */
  public PartState asking(StackStatus newStatus, Optional<JsonObject> given, Instant now) {
    boolean again = newStatus.equals(status);
    return new PartState(
        newStatus,
        health,
        physicalId,
        cloudStatus,
        attributes,
        given.or(() -> properties),
        again ? trouble : Optional.empty(),
        again ? attempts + 1 : 1,
        status.status() == ActionStatus.FAILED ? 0 : replacements,
        Optional.empty(),
        again ? since : now,
        missingSince,
        now,
        before);
  }

  /** A cloud is about to be asked to bring it to these properties. */
  public PartState askingToUpdate(JsonObject given, Instant now) {
    Optional<JsonObject> tried = properties.filter(had -> !had.equals(given));
    Optional<JsonObject> all =
        before
            .map(old -> tried.map(had -> Merged.tried(old, had)).orElse(old))
            .or(() -> tried)
            .or(() -> properties);
    PartState asking = asking(StackStatus.UPDATING, Optional.of(given), now);
    return new PartState(
        asking.status,
        health,
        physicalId,
        cloudStatus,
        attributes,
        asking.properties,
        asking.trouble,
        asking.attempts,
        asking.replacements,
        Optional.empty(),
        asking.since,
        missingSince,
        now,
        all);
  }

  /**
   * Its cloud shall be asked to put it back to what it was given.
   *
   * @param found what was changed behind our back
   */
  public PartState deviating(Collection<Deviation> found) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    found.forEach(one -> all.add(one.write()));
    return new PartState(
        status,
        health,
        physicalId,
        cloudStatus,
        attributes,
        properties,
        trouble,
        attempts,
        replacements,
        Optional.empty(),
        since,
        missingSince,
        updatedAt,
        Optional.of(
            Json.createObjectBuilder(properties.orElse(JsonValue.EMPTY_JSON_OBJECT))
                .add(ResourceDriver.FOUND, all)
                .build()));
  }

  /** Whether what was changed behind our back is to be put right. */
  public boolean isDeviating() {
    return before.filter(had -> had.containsKey(ResourceDriver.FOUND)).isPresent();
  }

  /** A new status; waits and attempts are over. What fails anew has failed since then. */
  public PartState in(StackStatus newStatus, StackHealth newHealth, Instant now) {
    return new PartState(
        newStatus,
        newHealth,
        physicalId,
        cloudStatus,
        attributes,
        properties,
        newStatus.status() == ActionStatus.COMPLETE ? Optional.empty() : trouble,
        newStatus.action() == status.action() ? attempts : 0,
        newStatus.isWhole() ? 0 : replacements,
        Optional.empty(),
        newStatus.equals(status) && newStatus.status() != ActionStatus.FAILED ? since : now,
        newStatus.equals(StackStatus.DELETE_FAILED) ? missingSince : Optional.empty(),
        now,
        newStatus.status() == ActionStatus.COMPLETE ? Optional.empty() : before);
  }

  /** What a cloud told of it. */
  public PartState known(
      Optional<String> id, Optional<String> word, JsonObject newAttributes, Instant now) {
    return new PartState(
        status,
        health,
        id,
        word,
        newAttributes,
        properties,
        trouble,
        attempts,
        replacements,
        nextTry,
        since,
        missingSince,
        now,
        before);
  }

  /** Something went wrong; not to be tried again before the given time. */
  public PartState troubled(Trouble newTrouble, Optional<Instant> again, Instant now) {
    return troubled(Optional.of(newTrouble), again, now);
  }

  /** What is known to be wrong, and not before when the cloud is asked again. */
  public PartState troubled(Optional<Trouble> newTrouble, Optional<Instant> again, Instant now) {
    return new PartState(
        status,
        health,
        physicalId,
        cloudStatus,
        attributes,
        properties,
        newTrouble,
        attempts,
        replacements,
        again,
        since,
        missingSince,
        now,
        before);
  }

  /** How it is, and since when it is missing. */
  public PartState healthy(StackHealth newHealth, Optional<Instant> newMissingSince, Instant now) {
    return new PartState(
        status,
        newHealth,
        physicalId,
        cloudStatus,
        attributes,
        properties,
        trouble,
        attempts,
        replacements,
        nextTry,
        since,
        newMissingSince,
        now,
        before);
  }
}
