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
 * @param cameAs the name that it had when it was taken over, and keeps where its template gives
 *     none; empty for what was made for its stack
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
    Optional<JsonObject> before,
    Optional<String> cameAs) {

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
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Something that is in its cloud already and is to be taken over.
   *
   * @param id the cloud's
   * @param from the mark that may be on it; empty when none may
   */
  public static PartState toBeAdopted(String id, Optional<Mark> from, Instant now) {
    JsonObjectBuilder mark = Json.createObjectBuilder();
    from.ifPresent(
        known ->
            mark.add("stack", known.stack().toString())
                .add("resource", known.resource())
                .add("generation", known.generation()));
    Draft draft = new Draft(initial(now));
    draft.physicalId = Optional.of(id);
    draft.before = Optional.of(Json.createObjectBuilder().add(ADOPTED_FROM, mark).build());
    return draft.state();
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
    Draft draft = new Draft(this);
    draft.trouble = old.trouble;
    draft.replacements = old.replacements + 1;
    return draft.state();
  }

  /** A cloud is about to be asked; after a failure everything is counted from the start. */
  public PartState asking(StackStatus newStatus, Optional<JsonObject> given, Instant now) {
    boolean again = newStatus.equals(status);
    Draft draft = new Draft(this);
    draft.status = newStatus;
    draft.properties = given.or(() -> properties);
    draft.trouble = again ? trouble : Optional.empty();
    draft.attempts = again ? attempts + 1 : 1;
    draft.replacements = status.status() == ActionStatus.FAILED ? 0 : replacements;
    draft.nextTry = Optional.empty();
    draft.since = again ? since : now;
    draft.updatedAt = now;
    return draft.state();
  }

  /** A cloud is about to be asked to bring it to these properties. */
  public PartState askingToUpdate(JsonObject given, Instant now) {
    Optional<JsonObject> tried = properties.filter(had -> !had.equals(given));
    Draft draft = new Draft(asking(StackStatus.UPDATING, Optional.of(given), now));
    draft.before =
        before
            .map(old -> tried.map(had -> Merged.tried(old, had)).orElse(old))
            .or(() -> tried)
            .or(() -> properties);
    return draft.state();
  }

  /**
   * Its cloud shall be asked to put it back to what it was given.
   *
   * @param found what was changed behind our back
   */
  public PartState deviating(Collection<Deviation> found) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    found.forEach(one -> all.add(one.write()));
    Draft draft = new Draft(this);
    draft.nextTry = Optional.empty();
    draft.before =
        Optional.of(
            Json.createObjectBuilder(properties.orElse(JsonValue.EMPTY_JSON_OBJECT))
                .add(ResourceDriver.FOUND, all)
                .build());
    return draft.state();
  }

  /** Whether what was changed behind our back is to be put right. */
  public boolean isDeviating() {
    return before.filter(had -> had.containsKey(ResourceDriver.FOUND)).isPresent();
  }

  /** A new status; waits and attempts are over. What fails anew has failed since then. */
  public PartState in(StackStatus newStatus, StackHealth newHealth, Instant now) {
    boolean done = newStatus.status() == ActionStatus.COMPLETE;
    boolean still = newStatus.equals(status) && newStatus.status() != ActionStatus.FAILED;
    Draft draft = new Draft(this);
    draft.status = newStatus;
    draft.health = newHealth;
    draft.trouble = done ? Optional.empty() : trouble;
    draft.attempts = newStatus.action() == status.action() ? attempts : 0;
    draft.replacements = newStatus.isWhole() ? 0 : replacements;
    draft.nextTry = Optional.empty();
    draft.since = still ? since : now;
    draft.missingSince =
        newStatus.equals(StackStatus.DELETE_FAILED) ? missingSince : Optional.empty();
    draft.updatedAt = now;
    draft.before = done ? Optional.empty() : before;
    return draft.state();
  }

  /** What a cloud told of it. */
  public PartState known(
      Optional<String> id, Optional<String> word, JsonObject newAttributes, Instant now) {
    Draft draft = new Draft(this);
    draft.physicalId = id;
    draft.cloudStatus = word;
    draft.attributes = newAttributes;
    draft.updatedAt = now;
    return draft.state();
  }

  /** Something went wrong; not to be tried again before the given time. */
  public PartState troubled(Trouble newTrouble, Optional<Instant> again, Instant now) {
    return troubled(Optional.of(newTrouble), again, now);
  }

  /** What is known to be wrong, and not before when the cloud is asked again. */
  public PartState troubled(Optional<Trouble> newTrouble, Optional<Instant> again, Instant now) {
    Draft draft = new Draft(this);
    draft.trouble = newTrouble;
    draft.nextTry = again;
    draft.updatedAt = now;
    return draft.state();
  }

  /** How it is, and since when it is missing. */
  public PartState healthy(StackHealth newHealth, Optional<Instant> newMissingSince, Instant now) {
    Draft draft = new Draft(this);
    draft.health = newHealth;
    draft.missingSince = newMissingSince;
    draft.updatedAt = now;
    return draft.state();
  }

  /** It was taken over, and had that name; empty for what has none. */
  public PartState named(Optional<String> name) {
    Draft draft = new Draft(this);
    draft.cameAs = name;
    return draft.state();
  }

  /** The next state while it is put together: what is not said stays as it was. */
  private static final class Draft {

    private StackStatus status;
    private StackHealth health;
    private Optional<String> physicalId;
    private Optional<String> cloudStatus;
    private JsonObject attributes;
    private Optional<JsonObject> properties;
    private Optional<Trouble> trouble;
    private int attempts;
    private int replacements;
    private Optional<Instant> nextTry;
    private Instant since;
    private Optional<Instant> missingSince;
    private Instant updatedAt;
    private Optional<JsonObject> before;
    private Optional<String> cameAs;

    Draft(PartState now) {
      status = now.status;
      health = now.health;
      physicalId = now.physicalId;
      cloudStatus = now.cloudStatus;
      attributes = now.attributes;
      properties = now.properties;
      trouble = now.trouble;
      attempts = now.attempts;
      replacements = now.replacements;
      nextTry = now.nextTry;
      since = now.since;
      missingSince = now.missingSince;
      updatedAt = now.updatedAt;
      before = now.before;
      cameAs = now.cameAs;
    }

    PartState state() {
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
          nextTry,
          since,
          missingSince,
          updatedAt,
          before,
          cameAs);
    }
  }
}
