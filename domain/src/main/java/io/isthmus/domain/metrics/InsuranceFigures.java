package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: what would become of stacks if clouds vanished. */
public interface InsuranceFigures {

  /**
   * @param parts how many resources would be lost with the cloud, by what would become of them
   * @param age of the last count that came to its end; empty before the first
   */
  record OfCloud(CloudId cloud, Map<String, Integer> parts, Optional<Duration> age) {}

  /** Cloud by cloud. */
  List<OfCloud> read();
}
