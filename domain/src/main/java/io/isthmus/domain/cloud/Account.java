package io.isthmus.domain.cloud;

import java.util.Objects;

/**
 * An OpenStack project of a cloud: what its quotas hold for. Several projects of the federation may
 * have accesses that lead into the same one.
 *
 * @param id as the cloud's Keystone names it
 */
public record Account(CloudId cloud, String id) {

  public Account {
    Objects.requireNonNull(cloud);
    Objects.requireNonNull(id);
  }
}
