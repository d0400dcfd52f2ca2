package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.CloudId;
import java.util.Optional;

/**
 * Where a server of ours stands. What stands in the same place shares its probes; what stands
 * elsewhere sees for itself.
 *
 * @param cloud in which it stands; empty for none of the federation
 * @param region of that cloud
 */
public record Vantage(Optional<CloudId> cloud, Optional<String> region) {

  /** In no cloud of the federation. */
  public static final Vantage OUTSIDE = new Vantage(Optional.empty(), Optional.empty());

  public Vantage {
    if (region.isPresent() && cloud.isEmpty()) {
      throw new IllegalArgumentException("a region without a cloud: " + region.get());
    }
  }

  /** As {@link #toString} wrote it. */
  static Vantage parse(String text) {
    if (text.isEmpty()) {
      return OUTSIDE;
    }
    int slash = text.indexOf('/');
    return slash < 0
        ? new Vantage(Optional.of(new CloudId(text)), Optional.empty())
        : new Vantage(
            Optional.of(new CloudId(text.substring(0, slash))),
            Optional.of(text.substring(slash + 1)));
  }

  /** Whether what it sees of that cloud is no other view than the cloud's own. */
  public boolean isWithin(CloudId other) {
    return cloud.filter(other::equals).isPresent();
  }

  /** {@code gra/GRA-1}, {@code gra}, or nothing. */
  @Override
  public String toString() {
    return cloud.map(CloudId::text).orElse("") + region.map(name -> "/" + name).orElse("");
  }
}
