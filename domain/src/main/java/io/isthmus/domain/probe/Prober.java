package io.isthmus.domain.probe;

import io.isthmus.domain.placement.Probe;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Port: asks a server. No thread waits for the answer. */
public interface Prober {

  /**
   * Asks once.
   *
   * @param patience after which silence is a failure
   * @return completes within little more than the patience, and never exceptionally
   */
  CompletionStage<ProbeAnswer> ask(InetAddress address, Probe probe, Duration patience);
}
