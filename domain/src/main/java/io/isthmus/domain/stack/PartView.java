package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Resolution;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One physical resource of a stack as it is shown.
 *
 * @param generation counts replacements, from 1
 * @param physicalName name in the cloud unless the template gives one
 * @param cloudStatus the cloud's own word at the last look, such as {@code ACTIVE}
 * @param attributes Heat's attributes at the last look
 * @param trouble what last went wrong
 * @param resolutions what properties became in this place, and why
 * @param refused places that refused the resource, oldest first
 * @param requires the parts that must be complete before
 * @param attempts calls made for the current action
 * @param nextTry when it is tried again, after trouble
 */
public record PartView(
    PartId id,
    String type,
    int generation,
    Optional<String> availabilityZone,
    StackStatus status,
    StackHealth health,
    String physicalName,
    Optional<String> physicalId,
    Optional<String> cloudStatus,
    JsonObject attributes,
    Optional<Trouble> trouble,
    List<Resolution> resolutions,
    List<Refusal> refused,
    Set<PartId> requires,
    int attempts,
    Optional<Instant> nextTry,
    Instant updatedAt) {

  public PartView {
    resolutions = List.copyOf(resolutions);
    refused = List.copyOf(refused);
    requires = Set.copyOf(requires);
  }
}
