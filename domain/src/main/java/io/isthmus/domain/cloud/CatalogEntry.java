package io.isthmus.domain.cloud;

import java.util.List;
import java.util.TreeSet;

/**
 * What a name that templates may say stands for in the clouds of one project.
 *
 * @param found what is there under the name, by cloud; never empty
 * @param otherNames what means the same in a cloud by an administrator's word, by cloud and name
 * @param <T> what is named
 */
public record CatalogEntry<T>(String name, List<Found<T>> found, List<OtherName> otherNames) {

  /**
   * What a cloud has.
   *
   * @param regions in which it is the same, by name
   * @param thing as that cloud has it, under the name or under one that means the same there
   */
  public record Found<T>(CloudId cloud, List<String> regions, T thing) {

    public Found {
      regions = List.copyOf(regions);
    }
  }

  /** Another name of the same in one cloud. */
  public record OtherName(CloudId cloud, String name) {}

  public CatalogEntry {
    found = List.copyOf(found);
    otherNames = List.copyOf(otherNames);
  }

  /** The clouds that have it, by id. */
  public List<CloudId> clouds() {
    TreeSet<CloudId> clouds = new TreeSet<>();
    found.forEach(each -> clouds.add(each.cloud()));
    return List.copyOf(clouds);
  }
}
