package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import java.util.Map;

/** Port: what probes of servers say. */
public interface ProbeFigures {

  /** How many servers fail a probe, by cloud, of clouds in which any are probed. */
  Map<CloudId, Integer> failing();
}
