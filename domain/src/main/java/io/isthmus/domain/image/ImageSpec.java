package io.isthmus.domain.image;

import java.util.Map;

/**
 * An image as it is to be registered in a cloud.
 *
 * @param name Glance's
 * @param diskFormat Glance's {@code disk_format}, such as {@code qcow2} or {@code raw}
 * @param containerFormat Glance's {@code container_format}, nearly always {@code bare}
 * @param minDiskGiB root disk that it needs
 * @param minRamMiB memory that it needs
 * @param properties further properties, such as {@code os_distro} and {@code hw_disk_bus}
 */
public record ImageSpec(
    String name,
    String diskFormat,
    String containerFormat,
    long minDiskGiB,
    long minRamMiB,
    Map<String, String> properties) {

  public ImageSpec {
    properties = Map.copyOf(properties);
  }
}
