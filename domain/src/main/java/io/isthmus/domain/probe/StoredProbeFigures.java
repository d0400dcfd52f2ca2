package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.ProbeFigures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Figures of the probes that are kept. */
@ApplicationScoped
public class StoredProbeFigures implements ProbeFigures {

  private ProbeStore probes;

  @Inject
  StoredProbeFigures(ProbeStore probes) {
    this.probes = probes;
  }

  /** For the container's proxies. */
  protected StoredProbeFigures() {}

  @Override
  public Map<CloudId, Integer> failing() {
    return probes.failing();
  }
}
