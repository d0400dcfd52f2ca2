package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.language.Phrase;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image that a project keeps.
 *
 * @param name unique in its project
 * @param minDiskGiB root disk that it needs
 * @param minRamMiB memory that it needs
 * @param properties Glance's, such as {@code os_distro}, which each copy gets
 * @param size bytes of the content, as told before it was sent; 0 while what stands at its address
 *     was not asked for its size
 * @param trouble why its content was refused; while it is READING, why it has to be begun anew
 * @param expected what the digest of the content has to be, as far as told before
 * @param digests of the content; known when it is READY
 * @param removeUnused whether a copy of ours goes as soon as no stack needs it
 * @param addedAt to the microsecond
 * @param source where its content stands; empty when it was, or is to be, uploaded
 * @param read bytes of what stands there that have been read so far, while it is READING
 */
public record ProjectImage(
    ImageId id,
    ProjectId project,
    String name,
    String description,
    DiskFormat format,
    long minDiskGiB,
    long minRamMiB,
    Map<String, String> properties,
    long size,
    State state,
    Optional<Phrase> trouble,
    ImageDigests expected,
    ImageDigests digests,
    boolean removeUnused,
    String addedBy,
    Instant addedAt,
    Optional<URI> source,
    long read)
    implements AuditSubject {

  /** How far an image is. */
  public enum State {
    /** Its content is on its way here. */
    UPLOADING,
    /** What stands at its address is read, or is to be. */
    READING,
    READY,
    /** Its content was not what it should be; nothing of it is kept. */
    REFUSED,
    /** It goes as soon as its copies are gone. */
    DELETING
  }

  public ProjectImage {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** As it is registered in a cloud. */
  ImageSpec spec() {
    return new ImageSpec(name, format.text(), "bare", minDiskGiB, minRamMiB, properties);
  }

  @Override
  public String auditId() {
    return id.toString();
  }
}
