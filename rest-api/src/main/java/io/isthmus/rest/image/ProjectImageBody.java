package io.isthmus.rest.image;

import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An image that a project keeps.
 *
 * @param size bytes of its content
 * @param received bytes of it that are here
 * @param trouble why its content was refused; absent when it was not
 * @param minDisk GiB
 * @param minRam MiB
 * @param md5 absent before all of it is here, as the other digests
 * @param file where its content is sent to
 * @param stacks names of the stacks that were planned with it
 */
public record ProjectImageBody(
    String id,
    String project,
    String name,
    String description,
    String diskFormat,
    long size,
    long received,
    String state,
    String trouble,
    long minDisk,
    long minRam,
    Map<String, String> properties,
    String md5,
    String sha256,
    String sha512,
    boolean removeUnused,
    String file,
    String addedBy,
    Instant addedAt,
    List<CopyBody> copies,
    List<String> stacks) {

  static ProjectImageBody of(Images.Kept kept, Locale locale) {
    ProjectImage image = kept.image();
    return new ProjectImageBody(
        image.id().toString(),
        image.project().toString(),
        image.name(),
        image.description(),
        image.format().text(),
        image.size(),
        kept.received(),
        CopyBody.lower(image.state()),
        image.trouble().map(phrase -> phrase.in(locale)).orElse(null),
        image.minDiskGiB(),
        image.minRamMiB(),
        image.properties(),
        image.digests().md5().orElse(null),
        image.digests().sha256().orElse(null),
        image.digests().sha512().orElse(null),
        image.removeUnused(),
        "/api/v1/project-images/" + image.id() + "/file?project=" + image.project(),
        image.addedBy(),
        image.addedAt(),
        kept.copies().stream().map(copy -> CopyBody.of(copy, locale)).toList(),
        kept.stacks());
  }
}
