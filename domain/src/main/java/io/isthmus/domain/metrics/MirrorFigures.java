package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import java.time.Duration;
import java.util.List;

/** Port: what is mirrored of each cloud. */
public interface MirrorFigures {

  /**
   * @param items how many resources are kept
   * @param strays those of them that carry our mark and that no stack knows of
   * @param failing lists that could not be read last
   * @param age of the list that is oldest; nothing when none was read yet
   * @param doubtful reservations of stacks that should not be held any more
   */
  record OfCloud(CloudId cloud, long items, int strays, int failing, Duration age, int doubtful) {}

  /** Cloud by cloud. */
  List<OfCloud> read();
}
