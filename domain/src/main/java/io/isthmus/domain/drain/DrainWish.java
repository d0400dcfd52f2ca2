package io.isthmus.domain.drain;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.ClosedArea;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Leaving;
import java.util.List;
import java.util.Set;

/**
 * The wish that a place be emptied.
 *
 * @param reason 1 to {@link Drain#LONGEST_REASON} characters, which tenants read
 * @param atOnce 1 to {@link Drain#MOST_AT_ONCE}
 * @param withData whether what holds data is made anew elsewhere too, without its data
 */
public record DrainWish(Area area, String reason, int atOnce, boolean withData) {

  /**
   * @throws FederationFault REQUEST_INVALID
   */
  public DrainWish {
    reason = reason == null ? "" : reason.strip();
    if (reason.isEmpty() || reason.length() > Drain.LONGEST_REASON || reason.indexOf(0) >= 0) {
      throw FederationFault.invalid(
          "reason", Phrase.of("drain.reason-length", Integer.toString(Drain.LONGEST_REASON)));
    }
    if (atOnce < 1 || atOnce > Drain.MOST_AT_ONCE) {
      throw FederationFault.invalid(
          "at_once", Phrase.of("drain.at-once-range", atOnce, Drain.MOST_AT_ONCE));
    }
  }

  Leaving leaving() {
    return leaving(area, reason, withData);
  }

  static Leaving leaving(Area area, String reason, boolean withData) {
    return new Leaving(
        List.of(new ClosedArea(area, Phrase.of("drain.closed", area.toString(), reason))),
        withData,
        Set.of());
  }
}
