package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.placement.Substitutes;
import java.util.List;

/**
 * A name of images that templates may say.
 *
 * @param otherNames what means the same in a cloud by an administrator's word
 * @param takenElsewhere what a plan takes in clouds that do not have the name
 */
public record ImageBody(
    String name,
    List<FoundBody> clouds,
    List<OtherNameBody> otherNames,
    List<SubstituteBody> takenElsewhere) {

  /**
   * What one cloud has under it.
   *
   * @param name as that cloud calls it
   * @param osDistro null where the cloud does not tell, as the version
   * @param minDiskGib root disk that it needs
   * @param minRamMib memory that it needs
   */
  public record FoundBody(
      String cloud,
      List<String> regions,
      String id,
      String name,
      String osDistro,
      String osVersion,
      long minDiskGib,
      long minRamMib) {}

  static ImageBody of(CatalogEntry<Image> entry, Substitutes substitutes) {
    return new ImageBody(
        entry.name(),
        entry.found().stream().map(ImageBody::found).toList(),
        OtherNameBody.of(entry),
        SubstituteBody.of(substitutes.image(entry.name())));
  }

  private static FoundBody found(CatalogEntry.Found<Image> found) {
    Image image = found.thing();
    return new FoundBody(
        found.cloud().text(),
        found.regions(),
        image.id(),
        image.name(),
        image.osDistro().orElse(null),
        image.osVersion().orElse(null),
        image.minDiskGiB(),
        image.minRamMiB());
  }
}
