package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import java.util.List;

/** Port: how busy the ways to the clouds are now. */
public interface CloudCallPools {

  /**
   * The calls to one cloud by this server.
   *
   * @param inUse calls on their way
   * @param size how many may be
   * @param waiting calls that wait for a turn
   * @param openCircuits servers of the cloud that are left alone because they failed
   */
  record Pool(CloudId cloud, int inUse, int size, int waiting, int openCircuits) {}

  List<Pool> pools();
}
