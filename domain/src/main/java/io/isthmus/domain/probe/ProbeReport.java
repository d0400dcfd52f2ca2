package io.isthmus.domain.probe;

import io.isthmus.domain.placement.PartId;
import java.util.List;

/**
 * What the probes of a stack say.
 *
 * @param probes by resource
 * @param losses clouds of the stack that do not answer, by id
 */
public record ProbeReport(List<ProbeResult> probes, List<CloudLoss> losses) {

  public ProbeReport {
    probes = List.copyOf(probes);
    losses = List.copyOf(losses);
  }

  /** Those of one server. */
  public List<ProbeResult> of(PartId part) {
    return probes.stream().filter(probe -> probe.part().equals(part)).toList();
  }
}
