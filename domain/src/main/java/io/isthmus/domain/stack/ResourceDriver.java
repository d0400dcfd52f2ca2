package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Port: makes, watches and removes resources of some types in member clouds. Implemented by {@code
 * openstack}, one class for each type or family. Every verb is safe to repeat, and none is ever
 * called within a transaction. Implementations are thread-safe.
 */
public interface ResourceDriver {

  /** Member of properties of before that holds, oldest first, those of before them. */
  String EARLIER = "isthmus:earlier";

  /**
   * Member of properties of before that holds what was changed in the cloud behind our back, as
   * {@link Deviation#write} writes it. Where it is there, the properties are those that were given,
   * and the part is to be put back to them; what cannot be put back without losing data is left.
   */
  String FOUND = "isthmus:found";

  /**
   * What was changed behind our back and is to be put right.
   *
   * @param before as {@link #update} is given it
   */
  static List<JsonObject> found(JsonObject before) {
    return before.containsKey(FOUND)
        ? before.getJsonArray(FOUND).getValuesAs(JsonObject.class)
        : List.of();
  }

  /**
   * All properties that something may have, as when it was asked to become one thing after the
   * other and nobody knows which it became.
   *
   * @param before as {@link #update} is given it
   * @return what it was asked to be last, with what was asked before where that says more; then all
   *     that came before, oldest first
   */
  static List<JsonObject> tried(JsonObject before) {
    List<JsonObject> all = new ArrayList<>();
    all.add(Json.createObjectBuilder(before).remove(EARLIER).remove(FOUND).build());
    if (before.containsKey(EARLIER)) {
      all.addAll(before.getJsonArray(EARLIER).getValuesAs(JsonObject.class));
    }
    return all;
  }

  /** HOT types that it drives. */
  Set<String> types();

  /**
   * Looks at many parts of one type in one region by as few calls as possible, normally one list.
   * Finds them by recorded id and by mark. Never throws: what cannot be seen is {@link
   * Sighting.Unknown}.
   *
   * @param parts all of one type, all in the target's region
   * @return a sighting for each part
   */
  Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts);

  /**
   * Creates the resource, or recovers the one that already carries its mark. Returns as soon as the
   * cloud has taken the request; does not wait until it is ready. Never throws.
   *
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   */
  Outcome create(Target target, DesiredPart part, Instant deadline);

  /**
   * Brings what is there to what the part shall be, in place. Compares with what the cloud tells
   * and asks for what differs, so that it is safe to repeat; is called again and again, each time
   * when observation shows the part ready, until it answers that it is ready: a change of several
   * steps, such as resizing a server and confirming it, takes one call for each. Only properties
   * that the type updates in place differ; see {@link
   * io.isthmus.domain.template.PropertySchema#updatable}. Never throws.
   *
   * @param part with its recorded id; its properties are those that it shall have
   * @param before the properties as they were given last, by which is known what is not wanted any
   *     more, and all that was tried in vain since (see {@link #tried}); what others have added is
   *     left alone where the type allows to tell
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   * @return Taken, not ready when the cloud works on it or a further step is left; Refused when the
   *     cloud does not do it
   */
  Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline);

  /**
   * Deletes what carries the part's mark, and whatever the driver made beside it. Something that
   * does not carry our mark is never touched. Never throws; what is not there is Gone.
   */
  Outcome delete(Target target, DesiredPart part, Instant deadline);

  /**
   * Stops what carries the part's mark without removing it, so that it does nothing any more; asked
   * for what was replaced while its cloud was lost. Safe to repeat. Never throws.
   *
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   * @return Taken, ready when it does not run any more; Gone when it is not there; Refused for a
   *     type that cannot be stopped, or when the cloud does not do it
   */
  default Outcome stop(Target target, DesiredPart part, Instant deadline) {
    return new Outcome.Refused(
        new FederationFault(
            FaultCode.CLOUD_REJECTED, Phrase.of("stack.cannot-be-stopped", part.type())));
  }

  /**
   * Puts what carries the part's mark to sleep: it does not run, and goes on from where it stood
   * once it is woken. What does not run for another reason is left as it is. Asked for types that
   * can sleep only ({@link StackPart#isSuspendable}); called again each time when observation shows
   * the part, until it answers that it is ready. Never throws.
   *
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   * @return Taken, ready when it does not run any more, or when there is nothing to put to sleep;
   *     Gone when it is not there; Refused when the cloud does not do it
   */
  default Outcome suspend(Target target, DesiredPart part, Instant deadline) {
    return nothingToDo(part);
  }

  /**
   * Wakes what {@link #suspend} has put to sleep. What does not run for another reason is left as
   * it is. Called as that is, and answers alike.
   *
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   */
  default Outcome resume(Target target, DesiredPart part, Instant deadline) {
    return nothingToDo(part);
  }

  private static Outcome nothingToDo(DesiredPart part) {
    return new Outcome.Taken(
        part.physicalId().orElse(part.physicalName()), true, JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * Takes over a resource that is in the cloud already: looks whether it is there, is the project's
   * own and carries no mark but those that it may, and puts the part's mark in their place. Changes
   * nothing else of it. Safe to repeat. Never throws.
   *
   * @param part with the id of what is to be taken over
   * @param from the mark that may be on it; what carries none may be taken over too
   * @param deadline after it the outcome is {@link Outcome.Uncertain}
   * @return Adopted when it is the part's; Refused, saying why, when it is not there or not ours to
   *     take
   */
  default Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    return new Outcome.Refused(
        new FederationFault(
            FaultCode.CLOUD_REJECTED, Phrase.of("stack.cannot-be-adopted", part.type())));
  }

  /**
   * Removes a double that observation found: only if it still carries the part's mark.
   *
   * @param physicalId one of {@link Sighting.Present#doubles()}
   */
  Outcome deleteDouble(Target target, DesiredPart part, String physicalId, Instant deadline);
}
