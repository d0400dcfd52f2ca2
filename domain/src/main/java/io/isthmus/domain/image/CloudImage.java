package io.isthmus.domain.image;

import io.isthmus.domain.language.Phrase;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An image as Glance tells it.
 *
 * @param id Glance's
 * @param phase where it stands
 * @param status Glance's own word, such as {@code saving}
 * @param size bytes; empty while unknown
 * @param digests known when it is active
 * @param trouble why it failed, in the cloud's words
 * @param properties further properties of its own, and its {@code disk_format}, {@code min_disk}
 *     and {@code min_ram}
 */
public record CloudImage(
    String id,
    String name,
    Phase phase,
    String status,
    OptionalLong size,
    ImageDigests digests,
    Optional<Phrase> trouble,
    Map<String, String> properties) {

  /** Where an image stands. */
  public enum Phase {
    /** Registered, no content yet. */
    QUEUED,
    /** Content is on its way or worked on. */
    SAVING,
    ACTIVE,
    FAILED,
    /** Deactivated or on its way out. */
    UNUSABLE
  }

  public CloudImage {
    properties = Map.copyOf(properties);
  }
}
