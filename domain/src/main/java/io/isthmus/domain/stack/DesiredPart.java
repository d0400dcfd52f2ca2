package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * What one part shall be.
 *
 * @param physicalName name to give when the template gives none; unique per stack and resource
 * @param physicalId what was recorded when it was made; empty before
 * @param properties resolved whole, references as physical ids, resolutions of the plan applied
 */
public record DesiredPart(
    PartId id,
    String type,
    Mark mark,
    String physicalName,
    Optional<String> physicalId,
    Optional<String> availabilityZone,
    JsonObject properties) {}
