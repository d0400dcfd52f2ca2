package io.isthmus.domain.leak;

import io.isthmus.domain.cloud.CloudConnection;
import java.util.Map;
import java.util.Set;

/** Port: where a connection leads, as the cloud's Keystone tells it now. */
public interface CloudLayout {

  /**
   * @param account the OpenStack project's id
   * @param types by region, of the given ones those whose service the region has
   */
  record Layout(String account, Map<String, Set<String>> types) {

    public Layout {
      types = Map.copyOf(types);
    }
  }

  /**
   * @param types HOT types
   * @throws io.isthmus.domain.fault.FederationFault as {@link MarkDriver#marked}
   */
  Layout of(CloudConnection connection, Set<String> types);
}
