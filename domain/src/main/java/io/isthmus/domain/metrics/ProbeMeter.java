package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;

/** Port: is told of every probe of a server. */
public interface ProbeMeter {

  /**
   * @param kind {@code tcp}, {@code http} or {@code https}
   * @param answered whether it was answered as expected
   */
  void probed(CloudId cloud, String kind, boolean answered);

  /** For where nobody measures. */
  static ProbeMeter none() {
    return (cloud, kind, answered) -> {};
  }
}
