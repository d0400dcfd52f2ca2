package io.isthmus.rest.cloud;

import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.placement.Substitutes;
import java.util.List;

/**
 * A name of flavors that templates may say.
 *
 * @param otherNames what means the same in a cloud by an administrator's word
 * @param takenElsewhere what a plan takes in clouds that do not have the name
 */
public record FlavorBody(
    String name,
    List<FoundBody> clouds,
    List<OtherNameBody> otherNames,
    List<SubstituteBody> takenElsewhere) {

  /**
   * What one cloud has under it.
   *
   * @param name as that cloud calls it
   * @param ramMib memory
   * @param diskGib root disk; 0 where the image decides
   */
  public record FoundBody(
      String cloud,
      List<String> regions,
      String id,
      String name,
      int vcpus,
      long ramMib,
      long diskGib) {}

  static FlavorBody of(CatalogEntry<Flavor> entry, Substitutes substitutes) {
    return new FlavorBody(
        entry.name(),
        entry.found().stream().map(FlavorBody::found).toList(),
        OtherNameBody.of(entry),
        SubstituteBody.of(substitutes.flavor(entry.name())));
  }

  private static FoundBody found(CatalogEntry.Found<Flavor> found) {
    Flavor flavor = found.thing();
    return new FoundBody(
        found.cloud().text(),
        found.regions(),
        flavor.id(),
        flavor.name(),
        flavor.vcpus(),
        flavor.ramMiB(),
        flavor.diskGiB());
  }
}
