package io.isthmus.domain.drift;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * Port: compares parts of one kind with what the mirror keeps. Implemented by {@code openstack},
 * one class for each kind. Pure and thread-safe; asks no cloud.
 *
 * <p>What is compared is what was given when the part was made. What a cloud fills in where nothing
 * was given is either what every cloud fills in, or is noted once by {@link #chosen} and has to
 * stay so. Nothing else is expected, so that a part that was just made shows no drift.
 */
public interface PartComparison {

  /** HOT types that it compares. */
  Set<String> types();

  /** What the mirror calls them. */
  MirrorKind kind();

  /**
   * What the cloud chose where nothing was given, and what is to stay so. Asked once, as soon as
   * the mirror shows the finished part.
   *
   * @return by names that only this comparison reads
   */
  JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around);

  /**
   * Compares.
   *
   * @param part its properties are those that were given; the way into its cloud is not needed
   * @param chosen what {@link #chosen} told of it
   */
  Compared compare(DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around);

  /**
   * What came of it.
   *
   * @param untold properties of which the mirror does not tell enough
   */
  record Compared(List<PropertyDrift> drifts, Set<String> untold) {

    public Compared {
      drifts = List.copyOf(drifts);
      untold = Set.copyOf(untold);
    }
  }
}
