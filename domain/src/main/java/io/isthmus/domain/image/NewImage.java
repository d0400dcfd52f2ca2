package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import java.util.Map;
import java.util.Optional;

/**
 * An image to be kept, before its content comes.
 *
 * @param diskFormat Glance's word
 * @param size bytes that the content will have; 0 when it stands at an address and is not known
 * @param sha256 that the content shall have, hexadecimal
 * @param sha512 the same
 * @param removeUnused whether a copy of ours goes as soon as no stack needs it
 * @param source address at which the content stands; empty when it is to be uploaded
 */
public record NewImage(
    ProjectId project,
    String name,
    String description,
    String diskFormat,
    long minDiskGiB,
    long minRamMiB,
    Map<String, String> properties,
    long size,
    Optional<String> sha256,
    Optional<String> sha512,
    boolean removeUnused,
    Optional<String> source) {

  public NewImage {
    properties = Map.copyOf(properties);
  }
}
