package io.isthmus.rest.image;

import io.isthmus.domain.image.ImageSources;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An image that a project keeps.
 *
 * @param url at which its content stands, without its query, which may let one in; absent when it
 *     is uploaded
 * @param size bytes of its content; 0 while what stands at its address has not told
 * @param received bytes of it that are here, or have been read at its address
 * @param trouble why its content was refused, or is read anew; absent when nothing went wrong
 * @param minDisk GiB
 * @param minRam MiB
 * @param md5 absent before all of it is here, as the other digests
 * @param file where its content is sent to; absent when it stands at an address
 * @param stacks names of the stacks that were planned with it
 */
public record ProjectImageBody(
    String id,
    String project,
    String name,
    String description,
    String diskFormat,
    String url,
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
        image.source().map(ImageSources::shown).orElse(null),
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
        image.source().isPresent()
            ? null
            : "/api/v1/project-images/" + image.id() + "/file?project=" + image.project(),
        image.addedBy(),
        image.addedAt(),
        kept.copies().stream().map(copy -> CopyBody.of(copy, locale)).toList(),
        kept.stacks());
  }
}
