package io.isthmus.domain.template;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonObject;

/**
 * What a template's reader has to know of an image that its project keeps.
 *
 * @param id ours
 * @param size bytes
 * @param diskFormat Glance's word
 * @param minDiskGiB root disk that it needs
 * @param minRamMiB memory that it needs
 * @param sha512 of its content, lower-case hexadecimal
 */
public record KeptImage(
    String id, long size, String diskFormat, long minDiskGiB, long minRamMiB, String sha512) {

  /** As it is kept with plans and stacks. */
  public JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("id", id)
        .add("size", size)
        .add("diskFormat", diskFormat)
        .add("minDiskGiB", minDiskGiB)
        .add("minRamMiB", minRamMiB)
        .add("sha512", sha512)
        .build();
  }

  /** Reads what {@link #toJson} wrote. */
  public static KeptImage of(JsonObject json) {
    return new KeptImage(
        json.getString("id"),
        json.getJsonNumber("size").longValue(),
        json.getString("diskFormat"),
        json.getJsonNumber("minDiskGiB").longValue(),
        json.getJsonNumber("minRamMiB").longValue(),
        json.getString("sha512"));
  }
}
